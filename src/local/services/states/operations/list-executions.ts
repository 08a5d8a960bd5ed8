import { operation, unsupported } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import { arnOf, date, findExecution, findMachine, limitOf, page, type StatesContext } from '../context.ts';
import { executionArn } from '../engine/engine.ts';
import { wrongType } from '../errors.ts';

/** The newest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const listExecutions = (context: StatesContext) =>
  operation('states', 'ListExecutions', {
    accepts: 'all',
    access: ({ stateMachineArn: resource = '*' }) => ({ action: 'states:ListExecutions', resource }),
    *problems({ mapRunArn }) {
      if (mapRunArn !== undefined) yield unsupported('Map Runs');
    },
    handle({ stateMachineArn = '', statusFilter, redriveFilter, maxResults, nextToken }) {
      const { machine } = findMachine(context, stateMachineArn);
      if (machine.type === 'EXPRESS') throw wrongType();
      const { qualifier } = readMachine(stateMachineArn);
      const keys = [...context.records.byStart.entries({ prefix: [machine.name], reverse: true })];
      const all = keys.flatMap(([[, , name]]) => {
        const found = findExecution(context, machine.name, String(name));
        if (!found) return [];
        if (qualifier !== undefined && found.alias !== qualifier && String(found.version) !== qualifier)
          return [];
        if (statusFilter !== undefined && found.status !== statusFilter) return [];
        if (redriveFilter === 'REDRIVEN' && found.redrives === 0) return [];
        if (redriveFilter === 'NOT_REDRIVEN' && found.redrives > 0) return [];
        return [found];
      });
      const { items, next } = page(all, nextToken, limitOf(maxResults));
      const arn = arnOf(context, machine.name);
      return {
        executions: items.map((one) => ({
          executionArn: executionArn(context, one),
          stateMachineArn: arn,
          name: one.name,
          status: one.status,
          startDate: new Date(one.started),
          stopDate: date(one.stopped),
          stateMachineVersionArn: one.version === undefined ? undefined : `${arn}:${one.version}`,
          stateMachineAliasArn: one.alias === undefined ? undefined : `${arn}:${one.alias}`,
          redriveCount: one.redrives,
          redriveDate: date(one.redriven),
        })),
        nextToken: next,
      };
    },
  });
