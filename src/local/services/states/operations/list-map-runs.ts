import { operation } from '../../../service.ts';
import { readExecution } from '../arns.ts';
import { arnOf, date, limitOf, page, type StatesContext } from '../context.ts';
import { noExecution } from '../errors.ts';
import { mapRunArn } from '../map-runs.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html */
export const listMapRuns = (context: StatesContext) =>
  operation('states', 'ListMapRuns', {
    accepts: 'all',
    access: ({ executionArn: resource = '' }) => ({ action: 'states:ListMapRuns', resource }),
    handle({ executionArn = '', maxResults, nextToken }) {
      const { group, name } = readExecution(executionArn);
      const found = context.records.executions.get([group, name]);
      if (!found) throw noExecution(executionArn);
      const all = [...context.records.mapRuns.values({ prefix: [found.machine] })].filter(
        ({ parent }) => parent.group === group && parent.name === name,
      );
      const { items, next } = page(all, nextToken, limitOf(maxResults));
      return {
        mapRuns: items.map((one) => ({
          executionArn,
          mapRunArn: mapRunArn(context, one),
          stateMachineArn: `${arnOf(context, one.machine)}/${one.label}`,
          startDate: new Date(one.started),
          stopDate: date(one.stopped),
        })),
        nextToken: next,
      };
    },
  });
