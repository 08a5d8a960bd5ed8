/**
 * Every property that AWS bills, of every type that the five systems use, is priced, free, or named as not priced. AWS's
 * own schema says which properties there are: one that is in none of the lists fails here, and must be classified.
 */
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { describe, expect, it } from 'vitest';
import { unpricedOptions } from '../../../src/review/cost/pricers/unpriced-options.ts';
import { costGiven, type Resources } from './given.ts';

type Properties = Readonly<Record<string, unknown>>;

interface Priced {
  readonly type: string;
  /** The property, changed from what `without` has (nothing, where it has none). */
  readonly on: Properties;
  readonly without?: Properties;
  /** The row of the price table that the change falls on, or what the pricer names as not priced or assumed. */
  readonly row: string;
  readonly others?: Resources;
}

const row = (type: string, on: Properties, price: string, more: Partial<Priced> = {}): Priced => ({
  type: `AWS::${type}`,
  on,
  row: price,
  ...more,
});

const bot = (configs?: unknown) => ({
  Rules: [
    {
      Statement: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: 'AWSManagedRulesBotControlRuleSet',
          ManagedRuleGroupConfigs: configs,
        },
      },
    },
  ],
});
const behaviour = (settings: Properties) => ({
  DistributionConfig: { DefaultCacheBehavior: settings, Origins: [] },
});
const postgres = { Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AllocatedStorage: 100 };
const metric = { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' };
const oldObjects = (storage: string) => ({
  LifecycleConfiguration: {
    TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
    Rules: [{ Status: 'Enabled', Transitions: [{ StorageClass: storage, TransitionInDays: 30 }] }],
  },
});
const task: Resources = {
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Cpu: '256', Memory: '512', RequiresCompatibilities: ['FARGATE'] },
  },
};
const onFargate = { TaskDefinition: { Ref: 'Task' }, LaunchType: 'FARGATE' };

const priced: readonly Priced[] = [
  row('Lambda::Function', { MemorySize: 1024 }, 'lambda.duration'),
  row('Lambda::Function', { Architectures: ['arm64'] }, 'lambda.duration.arm64'),
  row('Lambda::Function', { EphemeralStorage: { Size: 1024 } }, 'lambda.ephemeral-storage'),
  row('Lambda::Function', { TracingConfig: { Mode: 'Active' } }, 'xray.traces.recorded'),
  row(
    'Lambda::Version',
    { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } },
    'lambda.provisioned-concurrency',
    { without: { FunctionName: { Ref: 'Fn' } }, others: { Fn: { Type: 'AWS::Lambda::Function' } } },
  ),
  row(
    'Lambda::Alias',
    { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } },
    'lambda.provisioned-concurrency',
    { without: { FunctionName: { Ref: 'Fn' } }, others: { Fn: { Type: 'AWS::Lambda::Function' } } },
  ),
  row('Lambda::Url', { InvokeMode: 'RESPONSE_STREAM' }, 'lambda.streaming'),
  row(
    'Lambda::EventSourceMapping',
    { ProvisionedPollerConfig: { MinimumPollers: 1 } },
    'lambda.event-poller-units',
  ),
  row('ApiGateway::Stage', { CacheClusterEnabled: true, CacheClusterSize: '1.6' }, 'api-gateway.cache.1.6gb'),
  row('ApiGateway::Stage', { TracingEnabled: true }, 'xray.traces.recorded', {
    without: { RestApiId: { Ref: 'Api' } },
    others: { Api: { Type: 'AWS::ApiGateway::RestApi' } },
  }),
  ...(
    [
      ['ApiGateway::Stage', { RestApiId: { Ref: 'Api' } }, 'AWS::ApiGateway::RestApi'],
      ['ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' } }, 'AWS::ApiGatewayV2::Api'],
    ] as const
  ).flatMap(([type, without, Type]) => {
    const more = { without, others: { Api: { Type } } };
    const settings = (one: Properties) =>
      type === 'ApiGateway::Stage' ? { MethodSettings: [one] } : { DefaultRouteSettings: one };
    return [
      row(type, settings({ MetricsEnabled: true, DetailedMetricsEnabled: true }), 'cloudwatch.metrics', more),
      row(type, settings({ LoggingLevel: 'INFO' }), 'cloudwatch.logs.ingestion', more),
      row(type, settings({ LoggingLevel: 'ERROR' }), 'Logs of its executions', more),
    ];
  }),
  row(
    'ApiGatewayV2::Stage',
    { RouteSettings: { 'GET /': { DetailedMetricsEnabled: true } } },
    'cloudwatch.metrics',
    {
      without: { ApiId: { Ref: 'Api' } },
      others: { Api: { Type: 'AWS::ApiGatewayV2::Api' } },
    },
  ),
  row('ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }, 'api-gateway.websocket.messages'),
  row('S3::Bucket', oldObjects('STANDARD_IA'), 's3.standard-ia.storage', { without: written() }),
  row('S3::Bucket', oldObjects('ONEZONE_IA'), 's3.onezone-ia.storage', { without: written() }),
  row('S3::Bucket', oldObjects('INTELLIGENT_TIERING'), 's3.intelligent-tiering.monitoring', {
    without: written(),
  }),
  row('S3::Bucket', oldObjects('GLACIER_IR'), 's3.glacier-ir.storage', { without: written() }),
  row('S3::Bucket', oldObjects('GLACIER'), 's3.glacier.storage', { without: written() }),
  row('S3::Bucket', oldObjects('DEEP_ARCHIVE'), 's3.deep-archive.storage', { without: written() }),
  row(
    'S3::Bucket',
    { AccelerateConfiguration: { AccelerationStatus: 'Enabled' } },
    's3.transfer-acceleration',
  ),
  row('S3::Bucket', written(), 's3.standard.put'),
  row(
    'S3::Bucket',
    { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'] }] } },
    'data-transfer.out',
    {
      without: written(),
      others: reader(),
    },
  ),
  row(
    'CloudFront::Distribution',
    behaviour({ FunctionAssociations: [{ EventType: 'viewer-request' }] }),
    'cloudfront.functions',
  ),
  row('CloudFront::Distribution', behaviour({ RealtimeLogConfigArn: 'arn' }), 'cloudfront.real-time-logs'),
  row(
    'CloudFront::Distribution',
    { DistributionConfig: { Origins: [{ OriginShield: { Enabled: true } }] } },
    'cloudfront.origin-shield.us',
  ),
  row(
    'CloudFront::Distribution',
    { DistributionConfig: { ViewerCertificate: { SslSupportMethod: 'vip' } } },
    'cloudfront.dedicated-ip-certificate',
  ),
  row(
    'CloudFront::Distribution',
    behaviour({ FieldLevelEncryptionId: 'id' }),
    'cloudfront.field-level-encryption',
  ),
  row('DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }, 'dynamodb.on-demand.writes'),
  row(
    'DynamoDB::Table',
    { ProvisionedThroughput: { ReadCapacityUnits: 9, WriteCapacityUnits: 9 } },
    'dynamodb.provisioned.writes',
  ),
  row('DynamoDB::Table', { TableClass: 'STANDARD_INFREQUENT_ACCESS' }, 'dynamodb.storage.ia'),
  row(
    'DynamoDB::Table',
    { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
    'dynamodb.pitr',
  ),
  row('DynamoDB::Table', { KinesisStreamSpecification: { StreamArn: 'arn' } }, 'dynamodb.kinesis-cdc'),
  row('DynamoDB::Table', { GlobalSecondaryIndexes: [{ IndexName: 'a' }] }, 'dynamodb.storage'),
  row('DynamoDB::Table', { LocalSecondaryIndexes: [{ IndexName: 'a' }] }, 'dynamodb.storage'),
  row(
    'DynamoDB::GlobalTable',
    { Replicas: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }] },
    'dynamodb.on-demand.replicated-writes',
  ),
  row('SQS::Queue', { FifoQueue: true }, 'sqs.fifo.requests'),
  row('SNS::Topic', { FifoTopic: true }, 'sns.fifo.requests'),
  row('SNS::Topic', { Subscription: [{ Protocol: 'email' }] }, 'sns.deliveries.email'),
  row('SNS::Topic', { TracingConfig: 'Active' }, 'xray.traces.recorded'),
  ...(
    [
      ['sqs', 'sns.deliveries.sqs'],
      ['lambda', 'sns.deliveries.lambda'],
      ['https', 'sns.deliveries.http'],
      ['email', 'sns.deliveries.email'],
      ['firehose', 'sns.deliveries.firehose'],
      ['application', 'sns.deliveries.push'],
    ] as const
  ).map(([Protocol, price]) => row('SNS::Subscription', { Protocol }, price)),
  row(
    'ECS::Cluster',
    { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] },
    'cloudwatch.metrics',
  ),
  row('ECS::Service', { DesiredCount: 3 }, 'fargate.vcpu', { without: onFargate, others: task }),
  row('ECS::Service', { LaunchType: 'FARGATE' }, 'fargate.memory', {
    without: { TaskDefinition: { Ref: 'Task' } },
    others: task,
  }),
  row(
    'ECS::Service',
    { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } } },
    'vpc.public-ipv4',
    { without: onFargate, others: task },
  ),
  row('ECS::Service', { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE' }] }, 'fargate.vcpu', {
    without: { TaskDefinition: { Ref: 'Task' } },
    others: task,
  }),
  ...(
    [
      [{ Cpu: '1024' }, 'fargate.vcpu'],
      [{ Memory: '2048' }, 'fargate.memory'],
      [{ EphemeralStorage: { SizeInGiB: 50 } }, 'fargate.ephemeral-storage'],
      [{ RuntimePlatform: { CpuArchitecture: 'ARM64' } }, 'fargate.vcpu.arm64'],
    ] as const
  ).map(([on, price]) =>
    row('ECS::TaskDefinition', on, price, {
      without: { Cpu: '256', Memory: '512', RequiresCompatibilities: ['FARGATE'] },
      others: {
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: { TaskDefinition: { Ref: 'It' }, LaunchType: 'FARGATE' },
        },
      },
    }),
  ),
  row(
    'ECS::Cluster',
    { DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE' }] },
    'fargate.vcpu',
    {
      others: {
        ...task,
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: { TaskDefinition: { Ref: 'Task' }, Cluster: { Ref: 'It' } },
        },
      },
    },
  ),
  row('EC2::Subnet', { MapPublicIpOnLaunch: true }, 'vpc.public-ipv4', {
    others: { Machine: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'It' } } } },
  }),
  row('EC2::FlowLog', { LogDestinationType: 's3' }, 'Flow-log records'),
  row('S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }, 'Older versions'),
  row('DynamoDB::Table', { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }, 'Reads of its stream'),
  row(
    'DynamoDB::GlobalTable',
    { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } },
    'Reads of its stream',
  ),
  row('DynamoDB::GlobalTable', { BillingMode: 'PROVISIONED' }, 'Provisioned capacity'),
  row('DynamoDB::GlobalTable', { GlobalSecondaryIndexes: [{ IndexName: 'a' }] }, 'dynamodb.storage'),
  row('DynamoDB::GlobalTable', { LocalSecondaryIndexes: [{ IndexName: 'a' }] }, 'dynamodb.storage'),
  row('Cognito::UserPool', { SmsConfiguration: { SnsCallerArn: 'arn' } }, 'Text messages'),
  row('Logs::LogGroup', { RetentionInDays: 3653 }, 'cloudwatch.logs.storage', {
    without: { RetentionInDays: 7 },
    others: {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'It' } } } },
    },
  }),
  row('Scheduler::Schedule', { ScheduleExpression: 'rate(1 minute)' }, 'eventbridge.scheduler', {
    without: { ScheduleExpression: 'rate(1 day)' },
  }),
  row('RDS::DBCluster', { EngineMode: 'serverless' }, 'Aurora Serverless v1 capacity', {
    without: { Engine: 'aurora-postgresql' },
  }),
  row(
    'RDS::DBCluster',
    { ServerlessV2ScalingConfiguration: { MinCapacity: 4, MaxCapacity: 8 } },
    'aurora.serverless-v2',
    {
      without: { Engine: 'aurora-postgresql' },
      others: {
        One: {
          Type: 'AWS::RDS::DBInstance',
          Properties: {
            Engine: 'aurora-postgresql',
            DBInstanceClass: 'db.serverless',
            DBClusterIdentifier: { Ref: 'It' },
          },
        },
      },
    },
  ),
  ...(
    [
      [{ Engine: 'valkey' }, 'elasticache.valkey.cache.t4g.micro'],
      [{ NumCacheClusters: 3 }, 'elasticache.redis.cache.t4g.micro'],
      [{ NumNodeGroups: 3 }, 'elasticache.redis.cache.t4g.micro'],
      [{ ReplicasPerNodeGroup: 2 }, 'elasticache.redis.cache.t4g.micro'],
      [{ NodeGroupConfiguration: [{ ReplicaCount: 2 }] }, 'elasticache.redis.cache.t4g.micro'],
    ] as const
  ).map(([on, price]) =>
    row('ElastiCache::ReplicationGroup', on, price, { without: { CacheNodeType: 'cache.t4g.micro' } }),
  ),
  row('ElasticLoadBalancingV2::LoadBalancer', { SubnetMappings: [{}, {}, {}] }, 'vpc.public-ipv4'),
  row(
    'AutoScaling::AutoScalingGroup',
    {
      MixedInstancesPolicy: {
        LaunchTemplate: { Overrides: [{ InstanceType: 'm6g.large' }] },
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
      },
    },
    'ec2.spot (m6g.large)',
    { without: { MinSize: '1', MaxSize: '1' } },
  ),
  row('EC2::Instance', { InstanceType: 't3.medium' }, 'ec2.t3.medium'),
  row('EC2::Instance', { Monitoring: true }, 'cloudwatch.metrics'),
  row('EC2::Instance', { NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }, 'vpc.public-ipv4'),
  row(
    'EC2::Instance',
    { BlockDeviceMappings: [{ Ebs: { VolumeType: 'gp3', VolumeSize: 50, Iops: 6000 } }] },
    'ebs.gp3.iops',
  ),
  row('EC2::Volume', { Size: 50 }, 'ebs.gp2.storage'),
  row('EC2::Volume', { VolumeType: 'io2', Iops: 100 }, 'ebs.io2.iops'),
  row('EC2::Volume', { VolumeType: 'gp3', Throughput: 250 }, 'ebs.gp3.throughput'),
  row('EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 'vpc.interface-endpoint.data'),
  row('EC2::VPCEndpoint', { SubnetIds: ['a', 'b'] }, 'vpc.interface-endpoint.hours', {
    without: { VpcEndpointType: 'Interface' },
  }),
  row('EC2::EIP', { InstanceId: 'i-1' }, 'vpc.public-ipv4'),
  row('AutoScaling::AutoScalingGroup', { MinSize: '2', MaxSize: '2' }, 'ec2.t3.medium', {
    without: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } },
    others: {
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: { LaunchTemplateData: { InstanceType: 't3.medium' } },
      },
    },
  }),
  row('ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }, 'elb.nlb.hours'),
  row('ElasticLoadBalancingV2::LoadBalancer', { Subnets: ['a', 'b', 'c'] }, 'vpc.public-ipv4'),
  row('ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' }, 'vpc.public-ipv4', {
    without: { Scheme: 'internal' },
  }),
  row('RDS::DBInstance', { MultiAZ: true }, 'rds.postgres.db.t4g.micro.multi-az', { without: postgres }),
  row('RDS::DBInstance', { DBInstanceClass: 'db.t4g.small' }, 'rds.postgres.db.t4g.small.single-az', {
    without: postgres,
  }),
  row('RDS::DBInstance', { Engine: 'mysql' }, 'rds.mysql.db.t4g.micro.single-az', { without: postgres }),
  row('RDS::DBInstance', { StorageType: 'gp3' }, 'rds.gp3.storage.single-az', { without: postgres }),
  row('RDS::DBInstance', { AllocatedStorage: 500 }, 'rds.gp2.storage.single-az', { without: postgres }),
  row('RDS::DBInstance', { StorageType: 'gp3', Iops: 6000 }, 'rds.gp3.iops.single-az', {
    without: postgres,
  }),
  row('RDS::DBInstance', { PubliclyAccessible: true }, 'vpc.public-ipv4', { without: postgres }),
  row('RDS::DBCluster', { StorageType: 'aurora-iopt1' }, 'aurora.storage.io-optimized', {
    without: { Engine: 'aurora-postgresql' },
  }),
  row('RDS::DBCluster', { BackupRetentionPeriod: 7 }, 'aurora.backup', {
    without: { Engine: 'aurora-postgresql' },
  }),
  row('RDS::DBCluster', { Engine: 'aurora-postgresql' }, 'aurora.storage', { without: { Engine: 'mysql' } }),
  row('SecretsManager::Secret', { ReplicaRegions: [{ Region: 'eu-west-1' }] }, 'secrets-manager.secret'),
  row('SSM::Parameter', { Tier: 'Advanced' }, 'ssm.parameter.advanced'),
  row('KMS::Key', { KeySpec: 'RSA_2048' }, 'kms.requests.rsa-2048'),
  row('Logs::LogGroup', { LogGroupClass: 'INFREQUENT_ACCESS' }, 'cloudwatch.logs.storage.ia'),
  row('Logs::LogGroup', { DataProtectionPolicy: { Name: 'a' } }, 'cloudwatch.logs.data-protection'),
  row('CloudWatch::Alarm', { Period: 10 }, 'cloudwatch.alarms.high-resolution', { without: metric }),
  row('CloudWatch::Alarm', { ThresholdMetricId: 'band' }, 'cloudwatch.alarms.standard', { without: metric }),
  row(
    'CloudWatch::Alarm',
    { Metrics: [{ MetricStat: { Metric: metric } }, { MetricStat: { Metric: metric } }] },
    'cloudwatch.alarms.standard',
  ),
  row('CloudWatch::Alarm', { Namespace: 'Mine', MetricName: 'Jobs' }, 'cloudwatch.metrics'),
  row(
    'CloudWatch::Dashboard',
    { DashboardBody: '{"widgets":[{"properties":{"metrics":[["Mine","Jobs"]]}}]}' },
    'cloudwatch.metrics',
    { without: { DashboardBody: '{"widgets":[]}' } },
  ),
  row('WAFv2::WebACL', { Rules: [{ Name: 'a' }, { Name: 'b' }] }, 'waf.rule'),
  row('WAFv2::WebACL', bot(), 'waf.bot-control'),
  row(
    'WAFv2::WebACL',
    bot([{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'TARGETED' } }]),
    'waf.bot-control-targeted.requests',
  ),
  row(
    'SageMaker::Endpoint',
    { EndpointConfigName: { 'Fn::GetAtt': ['Config', 'EndpointConfigName'] } },
    'sagemaker.hosting.ml.m5.xlarge',
    {
      others: {
        Config: {
          Type: 'AWS::SageMaker::EndpointConfig',
          Properties: { ProductionVariants: [{ InstanceType: 'ml.m5.xlarge', InitialInstanceCount: 1 }] },
        },
      },
    },
  ),
  row('Cognito::UserPool', { UserPoolTier: 'PLUS' }, 'cognito.users.plus'),
  row('Route53::HealthCheck', { HealthCheckConfig: { Type: 'HTTPS' } }, 'route53.health-check.option.aws'),
  row(
    'Route53::HealthCheck',
    { HealthCheckConfig: { Type: 'TCP', RequestInterval: 10 } },
    'route53.health-check.option.aws',
  ),
  row('Events::Archive', { RetentionDays: 7 }, 'eventbridge.archive.storage', {
    without: { SourceArn: { 'Fn::GetAtt': ['Bus', 'Arn'] } },
    others: { Bus: { Type: 'AWS::Events::EventBus' } },
  }),
  row('StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' }, 'step-functions.express.requests'),
  row('StepFunctions::StateMachine', { TracingConfiguration: { Enabled: true } }, 'xray.traces.recorded'),
  row(
    'StepFunctions::StateMachine',
    { DefinitionString: '{"States":{"A":{"Type":"Pass"}}}' },
    'step-functions.standard.transitions',
  ),
  row(
    'ElastiCache::ReplicationGroup',
    { CacheNodeType: 'cache.t4g.micro' },
    'elasticache.redis.cache.t4g.micro',
  ),
  row('ElastiCache::ServerlessCache', { Engine: 'redis' }, 'elasticache.serverless.redis.storage'),
  row(
    'ElastiCache::ServerlessCache',
    { CacheUsageLimits: { DataStorage: { Minimum: 5 } } },
    'elasticache.serverless.valkey.storage',
  ),
  row('OpenSearchServerless::Collection', { StandbyReplicas: 'DISABLED' }, 'opensearch-serverless.ocu'),
  row(
    'Backup::BackupPlan',
    {
      BackupPlan: {
        BackupPlanRule: [{ Lifecycle: { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 30 } }],
      },
    },
    'backup.dynamodb.cold',
  ),
  row(
    'EFS::FileSystem',
    { LifecyclePolicies: [{ TransitionToIA: 'AFTER_30_DAYS' }] },
    'efs.ia-bursting.storage',
  ),
  row(
    'EFS::FileSystem',
    { ThroughputMode: 'elastic', LifecyclePolicies: [{ TransitionToArchive: 'AFTER_90_DAYS' }] },
    'efs.archive.storage',
  ),
  row('EFS::FileSystem', { AvailabilityZoneName: 'us-east-1a' }, 'efs.onezone.storage'),
  row('EFS::FileSystem', { ThroughputMode: 'elastic' }, 'efs.elastic.read'),
  row('EFS::FileSystem', { ProvisionedThroughputInMibps: 10 }, 'efs.provisioned-throughput'),
  row('Synthetics::Canary', { RunConfig: { MemoryInMB: 2048 } }, 'lambda.duration'),
  row('Synthetics::Canary', { RunConfig: { ActiveTracing: true } }, 'xray.traces.recorded'),
  row('Synthetics::Canary', { Schedule: { Expression: 'rate(1 minute)' } }, 'cloudwatch.canaries'),
  row('Kinesis::Stream', { ShardCount: 4 }, 'kinesis.provisioned.shard'),
  row('Kinesis::Stream', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, 'kinesis.on-demand.stream'),
  row('AppSync::GraphQLApi', { XrayEnabled: true }, 'xray.traces.recorded'),
];

/** Somebody puts objects into it from outside, as it sets off a function. */
function written(): Properties {
  return { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } };
}

function reader(): Resources {
  const objects = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['It', 'Arn'] }, '/*']] };
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: objects };
  return {
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'a', PolicyDocument: { Statement: [statement] } }] },
    },
  };
}

const reportOf = (type: string, properties: Properties, others: Resources = {}) =>
  costGiven({ ...others, It: { Type: type, Properties: properties } });
const accounted = ({ lines, notPriced, assumptions }: ReturnType<typeof reportOf>) => [
  ...lines.map(({ price, quantity, usdWithoutFree }) => ({
    name: price,
    quantity: quantity.expected,
    usd: usdWithoutFree.expected,
  })),
  ...[...notPriced, ...assumptions].map(({ what: name, because }) => ({ name, because })),
];

describe('a property that AWS bills and that a pricer knows', () => {
  it.each(priced.map((one) => [one.type, JSON.stringify(one.on).slice(0, 90), one] as const))(
    '%s %s changes the bill',
    (_, __, { type, on, without = {}, row: price, others }) => {
      const before = reportOf(type, without, others);
      const after = reportOf(type, { ...without, ...on }, others);
      expect(accounted(after).map(({ name }) => name)).toContain(price);
      expect(accounted(after)).not.toEqual(accounted(before));
    },
  );
});

/** Values that turn options on, whatever they ask for. */
const values = ['true', 'ALL', 'PublishedVersions', 'STRONG', 'MessageBody', 'dedicated', 'unlimited', '731'];
values.push('advanced', 'open-source-rds-extended-support', 'ENABLED', 'ENFORCED', 'regional');
values.push('AWSManagedRulesATPRuleSet', 'SELECT AVG(Jobs) FROM "Mine"');

const nested = (path: string, value: unknown): unknown => {
  const [key = '', ...rest] = path.split('.');
  if (path === '') return value;
  return key === '*' ? [nested(rest.join('.'), value)] : { [key]: nested(rest.join('.'), value) };
};

describe('a property that AWS bills and that has no price', () => {
  it.each(
    unpricedOptions.flatMap((option) => option.types.map((type) => [type, option.property, option] as const)),
  )('%s %s is named', (type, property, option) => {
    const { when, what, because, taken } = option;
    const value = values.find((one) => when === undefined || when.test(one));
    expect(value).toBeDefined();
    const properties = nested(property, value) as Properties;
    const named = (report: ReturnType<typeof reportOf>) =>
      (taken === undefined ? report.notPriced : report.assumptions).filter(
        (one) => one.what === what && one.because === because,
      );
    expect(named(reportOf(type, properties))).toHaveLength(1);
    expect(named(reportOf(type, {}))).toEqual([]);
  });
});

const unbilled = JSON.parse(
  readFileSync(new URL('unbilled-properties.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

describe('every property of the types that the systems use', async () => {
  const db = await loadAwsServiceSpec();
  const first = (path: string) => path.split('.')[0] ?? '';
  it.each(Object.keys(unbilled))('%s is billed and accounted for, or without effect on the bill', (type) => {
    const [resource] = [...db.lookup('resource', 'cloudFormationType', 'equals', type)];
    const all = Object.keys(resource?.properties ?? {}).filter((name) => !name.endsWith('Tags'));
    const known = new Set([
      ...priced
        .filter((one) => one.type === type)
        .flatMap(({ on, without = {} }) => [...Object.keys(on), ...Object.keys(without)]),
      ...unpricedOptions.filter(({ types }) => types.includes(type)).map(({ property }) => first(property)),
    ]);
    const free = (unbilled[type] ?? '').split(' ').filter(Boolean);
    expect(all.filter((name) => !known.has(name) && !free.includes(name))).toEqual([]);
    expect(free.filter((name) => known.has(name) || !all.includes(name))).toEqual([]);
  });
});
