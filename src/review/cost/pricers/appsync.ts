/** GraphQL and event APIs: https://aws.amazon.com/appsync/pricing/ */
import { valueAt } from '../../../architecture/index.ts';
import { times } from '../amount.ts';
import { line, type Pricer, unpriced } from './model.ts';
import { kbPerGb, monthly, oncePerUse } from './questions.ts';

export const graphApi: Pricer = {
  types: ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api'],
  work: 'operations',
  questions: () => [
    monthly('operations', 'Queries and changes', 'operation', (flow) => oncePerUse('operation', flow)),
  ],
  items: (api, flow) => [
    line('appsync.operations', flow.of(api, 'operations')),
    line('data-transfer.out', times(flow.of(api, 'operations'), 5 / kbPerGb, '5 KB of answer')),
    ...(valueAt(api.properties, 'EventConfig') === undefined
      ? []
      : [
          unpriced(
            'Event messages',
            'the price table has no row for AppSync Events (https://aws.amazon.com/appsync/pricing/)',
          ),
        ]),
  ],
};
