import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { operation } from '../../../service.ts';
import { readExecution } from '../arns.ts';
import { findExecution, limitOf, page, type StatesContext } from '../context.ts';
import { noExecution } from '../errors.ts';
import type { EventRecord } from '../records.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export const getExecutionHistory = (context: StatesContext) =>
  operation('states', 'GetExecutionHistory', {
    accepts: 'all',
    access: ({ executionArn: resource = '' }) => ({ action: 'states:GetExecutionHistory', resource }),
    handle({ executionArn = '', maxResults, nextToken, reverseOrder, includeExecutionData = true }) {
      const { group, name } = readExecution(executionArn);
      if (!findExecution(context, group, name)) throw noExecution(executionArn);
      const all = [
        ...context.records.history.values({ prefix: [group, name], reverse: reverseOrder ?? false }),
      ];
      const { items, next } = page(all, nextToken, limitOf(maxResults));
      return {
        events: items.map((one) => shown(includeExecutionData ? one : withoutData(one))),
        nextToken: next,
      };
    },
  });

const shown = ({ timestamp, ...rest }: EventRecord): HistoryEvent => ({
  ...rest,
  timestamp: new Date(timestamp),
});

const data = new Set(['input', 'output', 'parameters', 'cause', 'assignedVariables']);

const withoutData = (event: EventRecord): EventRecord =>
  Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).filter(([name]) => !data.has(name)))
        : value,
    ]),
  ) as EventRecord;
