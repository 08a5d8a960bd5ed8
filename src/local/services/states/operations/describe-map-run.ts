import { operation } from '../../../service.ts';
import { date, type StatesContext } from '../context.ts';
import { countsOf, findMapRun } from '../map-runs.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export const describeMapRun = (context: StatesContext) =>
  operation('states', 'DescribeMapRun', {
    accepts: 'all',
    access: ({ mapRunArn: resource = '' }) => ({ action: 'states:DescribeMapRun', resource }),
    handle({ mapRunArn }) {
      const found = findMapRun(context, mapRunArn);
      const children = [...context.records.mapChildren.values({ prefix: [found.id] })];
      const { group, name } = found.parent;
      return {
        mapRunArn,
        executionArn: context.env.arn('states', `execution:${group}:${name}`),
        status: found.status,
        startDate: new Date(found.started),
        stopDate: date(found.stopped),
        maxConcurrency: found.maxConcurrency,
        toleratedFailureCount: found.toleratedCount ?? 0,
        toleratedFailurePercentage: found.toleratedPercentage ?? 0,
        itemCounts: countsOf(children, found, ({ items }) => items),
        executionCounts: countsOf(children, found, () => 1),
        redriveCount: 0,
      };
    },
  });
