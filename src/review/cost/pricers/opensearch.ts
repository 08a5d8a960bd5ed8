/** Search domains and serverless collections: https://aws.amazon.com/opensearch-service/pricing/ */
import { textAt } from '../../../architecture/index.ts';
import { constant, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';
import { read } from './properties.ts';
import { assumed, monthly } from './questions.ts';

export const searchCollection: Pricer = {
  types: ['AWS::OpenSearchServerless::Collection'],
  questions: (collection) => [
    {
      key: 'averageOcu',
      asks: 'Compute units in use on average, for indexing and search together',
      unit: 'OCU',
      kind: 'each',
      defaultAnswer: () =>
        textAt(collection.properties, 'StandbyReplicas') === 'DISABLED'
          ? assumed(
              constant(1, 'OCU'),
              'the least without standby replicas: half a unit each for indexing and search',
            )
          : assumed(
              constant(2, 'OCU'),
              'the least with standby replicas: one unit each for indexing and search',
            ),
    },
    monthly('storedGB', 'Data stored', 'GB', () => assumed(constant(1, 'GB'), 'a small index')),
  ],
  items: (collection, flow) => {
    const { app } = flow;
    const first = app.ofType(...searchCollection.types)[0];
    return [
      ...(first === collection
        ? [
            line(
              'opensearch-serverless.ocu',
              times(flow.of(collection, 'averageOcu'), hoursPerMonth, `${hoursPerMonth} hours`),
            ),
          ]
        : [
            freeOfCharge(
              'it shares the compute units of the first collection (with the same key)',
              'https://aws.amazon.com/opensearch-service/pricing/',
            ),
          ]),
      line('opensearch-serverless.storage', flow.of(collection, 'storedGB')),
    ];
  },
};

export const searchDomain: Pricer = {
  types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  items: (domain) => {
    const type = textAt(domain.properties, 'ClusterConfig.InstanceType') ?? 'm4.large.search';
    const count = read(domain).number('ClusterConfig.InstanceCount', 1) ?? 1;
    return [
      line('opensearch.instances', constant(count * hoursPerMonth, 'instance-hour'), { part: String(type) }),
    ];
  },
};
