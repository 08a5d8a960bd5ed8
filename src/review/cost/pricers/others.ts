/** Everything that is small: names, registries, search, streams, queries and delivery. */
import { textAt, valueAt } from '../../../architecture/index.ts';
import { constant, perUse, times } from '../amount.ts';
import { arrivalsOf } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { allMonth, assumed, each, kbPerGb, monthly, oncePerUse, perGb, sumOf } from './answers.ts';
import { type Item, isFree, line, type Pricer, unpriced } from './model.ts';
import { read } from './read.ts';

const dns = 'https://aws.amazon.com/route53/pricing/';

export const hostedZone: Pricer = {
  types: ['AWS::Route53::HostedZone'],
  questions: () => [
    monthly('queries', 'Questions for names that are not aliases of AWS resources', 'query', (flow) =>
      assumed(
        perUse(1, 'query'),
        `one per ${flow.uses.unit}: most questions are answered from resolvers’ caches`,
      ),
    ),
  ],
  items: (zone, flow) => [
    line('route53.hosted-zone', constant(1, 'zone')),
    line('route53.queries.standard', flow.of(zone, 'queries')),
  ],
};

export const healthCheck: Pricer = {
  types: ['AWS::Route53::HealthCheck'],
  items: (check) => {
    const features = ['HTTPS', 'HTTPS_STR_MATCH'].includes(
      String(valueAt(check.properties, 'HealthCheckConfig.Type')),
    )
      ? 1
      : 0;
    return [
      line('route53.health-check.aws', constant(1, 'check')),
      ...(features > 0 ? [line('route53.health-check.option.aws', constant(features, 'feature'))] : []),
    ];
  },
};

export const dnsParts: Pricer = {
  types: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup', 'AWS::Route53::CidrCollection'],
  items: () => [isFree('records cost nothing; questions are counted with their zone', dns)],
};

export const registry: Pricer = {
  types: ['AWS::ECR::Repository'],
  questions: () => [
    each('imageGB', 'Size of an image, compressed', 'GB', 0.3, 'a Node image of middling size'),
    each('images', 'Images that are kept', 'image', 5, 'the last few releases'),
  ],
  items: (repository, flow) => [
    line('ecr.storage', times(flow.of(repository, 'images'), flow.of(repository, 'imageGB'))),
  ],
};

export const searchCollection: Pricer = {
  types: ['AWS::OpenSearchServerless::Collection'],
  questions: (collection) => [
    {
      key: 'averageOcu',
      asks: 'Compute units in use on average, for indexing and search together',
      unit: 'OCU',
      kind: 'each',
      suppose: () =>
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
            isFree(
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

export const stream: Pricer = {
  types: ['AWS::Kinesis::Stream'],
  work: 'records',
  questions: (resource) => [
    monthly('records', 'Records put, each 25 KB begun', 'record', (flow) => {
      const arrivals = arrivalsOf(resource, flow);
      return arrivals.length === 0
        ? oncePerUse('record', flow)
        : sumOf(arrivals, 'record', 'one for each piece of work of');
    }),
    each('recordKB', 'Size of a record', 'KB', 1, 'an event'),
  ],
  items: (resource, flow) => {
    const mode = textAt(resource.properties, 'StreamModeDetails.StreamMode') ?? 'PROVISIONED';
    const size = times(
      times(flow.of(resource, 'records'), flow.of(resource, 'recordKB')),
      1 / kbPerGb,
      perGb,
    );
    if (mode === 'ON_DEMAND')
      return [
        line('kinesis.on-demand.stream', allMonth('stream-hour')),
        line('kinesis.on-demand.in', size),
        line('kinesis.on-demand.out', size),
      ];
    const shards = read(resource).number('ShardCount', 1) ?? 1;
    return [
      line('kinesis.provisioned.shard', allMonth('shard-hour', shards)),
      line('kinesis.provisioned.put', flow.of(resource, 'records')),
    ];
  },
};

export const firehose: Pricer = {
  types: ['AWS::KinesisFirehose::DeliveryStream'],
  work: 'records',
  questions: (resource) => [
    monthly('records', 'Records delivered', 'record', (flow) => {
      const arrivals = arrivalsOf(resource, flow);
      return arrivals.length === 0
        ? oncePerUse('record', flow)
        : sumOf(arrivals, 'record', 'one for each record or piece of work of');
    }),
  ],
  items: (resource, flow) => [
    line(
      'firehose.ingestion',
      times(
        flow.of(resource, 'records'),
        5 / kbPerGb,
        '5 KB, to which each record is rounded up, ÷ 1,048,576 KB in a GB',
      ),
    ),
  ],
};

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

export const fileSystem: Pricer = {
  types: ['AWS::EFS::FileSystem'],
  questions: () => [
    monthly('storedGB', 'Data stored', 'GB', () => assumed(constant(5, 'GB'), 'a small shared folder')),
    monthly('transferGB', 'Data read and written (elastic throughput)', 'GB', (flow) =>
      assumed(perUse(0.001, 'GB'), `a megabyte per ${flow.uses.unit}`),
    ),
  ],
  items: (files, flow) => {
    const zone = files.properties.AvailabilityZoneName === undefined ? 'standard' : 'onezone';
    const elastic = textAt(files.properties, 'ThroughputMode') === 'elastic';
    const provisioned = read(files).number('ProvisionedThroughputInMibps', 0) ?? 0;
    return [
      line(`efs.${zone}.storage`, flow.of(files, 'storedGB')),
      ...(elastic
        ? [
            line('efs.elastic.read', times(flow.of(files, 'transferGB'), 0.5, 'half of it read')),
            line('efs.elastic.write', times(flow.of(files, 'transferGB'), 0.5, 'half of it written')),
          ]
        : []),
      ...(provisioned > 0 ? [line('efs.provisioned-throughput', constant(provisioned, 'MB/s'))] : []),
    ];
  },
};

export const glue: Pricer = {
  types: ['AWS::Glue::Job', 'AWS::Glue::Crawler'],
  questions: () => [
    monthly('dpuHours', 'DPU-hours', 'DPU-hour', () =>
      assumed(constant(10, 'DPU-hour'), 'a short run every few days'),
    ),
  ],
  items: (job, flow) => [
    line(job.type.endsWith('Job') ? 'glue.etl' : 'glue.crawlers', flow.of(job, 'dpuHours')),
  ],
};

export const athena: Pricer = {
  types: ['AWS::Athena::WorkGroup'],
  questions: () => [
    monthly('scannedTB', 'Data that queries read', 'TB', () =>
      assumed(constant(0.01, 'TB'), 'ten gigabytes'),
    ),
  ],
  items: (group, flow) => [line('athena.scanned', flow.of(group, 'scannedTB'))],
};

export const budget: Pricer = {
  types: ['AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'],
  items: () => [
    isFree(
      'budgets and alerts cost nothing',
      'https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/',
    ),
  ],
};

export const budgetAction: Pricer = {
  types: ['AWS::Budgets::BudgetsAction'],
  items: () => [line('budgets.actions', constant(hoursPerMonth / 24, 'budget-day'))],
};

export const mail: Pricer = {
  types: ['AWS::SES::EmailIdentity', 'AWS::SES::ConfigurationSet'],
  questions: ({ type }) =>
    type.endsWith('EmailIdentity')
      ? [
          monthly('messages', 'Mails sent', 'message', (flow) =>
            assumed(perUse(0.1, 'message'), `one in ten ${flow.uses.unit}s`),
          ),
        ]
      : [],
  items: (identity, flow) =>
    identity.type.endsWith('EmailIdentity')
      ? [line('ses.sent', flow.of(identity, 'messages'))]
      : [isFree('part of the configuration', 'https://aws.amazon.com/ses/pricing/')],
};

export const nestedStack: Pricer = {
  types: ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application', 'AWS::CloudFormation::StackSet'],
  items: (resource, flow): readonly Item[] => {
    const inside = flow.app.stacks.some(
      ({ nestedIn, name }) =>
        nestedIn === resource.stack && name === `${resource.stack}-${resource.logicalId}`,
    );
    return [
      inside
        ? isFree(
            'a stack costs nothing; what is in it is counted by itself',
            'https://aws.amazon.com/cloudformation/pricing/',
          )
        : unpriced('Everything in it', 'its template is not beside the parent', undefined, 'unresolved'),
    ];
  },
};
