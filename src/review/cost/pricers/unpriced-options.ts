/**
 * Options of a resource that AWS bills and no price here covers, so that each is named as not priced when it is on. An
 * option that a pricer prices is in its own file. tests/review/cost/billed-properties.test.ts holds every property of the
 * types that Slipway's systems use to one of: priced, named here, or without effect on the bill.
 */
import { type Resource, valuesAt } from '../../../architecture/index.ts';
import { certificate } from './acm.ts';
import { graphApi } from './appsync.ts';
import { backupPlan } from './backup.ts';
import { distribution as cloudFront } from './cloudfront.ts';
import { canary, alarm as cloudWatchAlarm } from './cloudwatch.ts';
import { userPool as cognitoPool } from './cognito.ts';
import { dynamoTable } from './dynamodb.ts';
import { autoScalingGroup, instance as ec2Instance, volume as ec2Volume } from './ec2.ts';
import { registry } from './ecr.ts';
import { ecsParts, ecsService } from './ecs.ts';
import { fileSystem } from './efs.ts';
import { cacheCluster, replicationGroup, serverlessCache as serverless } from './elasticache.ts';
import { loadBalancer, loadBalancerParts } from './elb.ts';
import { eventBus, pipe } from './eventbridge.ts';
import { firehose as deliveryStream, stream as kinesisStream } from './kinesis.ts';
import { kmsKey } from './kms.ts';
import { eventSource, lambdaFunction } from './lambda.ts';
import { assumption, type Item, type Pricer, unpriced } from './model.ts';
import { searchCollection, searchDomain } from './opensearch.ts';
import { rdsCluster, rdsInstance } from './rds.ts';
import { dnsParts, hostedZone } from './route53.ts';
import { s3Bucket } from './s3.ts';
import { sageMakerParts } from './sagemaker.ts';
import { snsSubscription, snsTopic } from './sns.ts';
import { stateMachine } from './step-functions.ts';
import { endpoint, natGateway, networkParts } from './vpc.ts';
import { wafLogs, webAcl } from './waf.ts';

interface UnpricedOption {
  readonly types: readonly string[];
  /** `*` stands for the members of a list. */
  readonly property: string;
  /** What its value must be for AWS to bill it; otherwise any but false, 0, none and disabled. */
  readonly when?: RegExp;
  readonly what: string;
  readonly because: string;
  /** What is taken for it where that is the usual case, so that it is an assumption and nothing that lacks a price. */
  readonly taken?: string;
}

const off = /^(false|0|none|disabled|off|basic|standard)$/i;

const options =
  (...pricers: readonly Pricer[]) =>
  (property: string, what: string, because: string, when?: RegExp, taken?: string): UnpricedOption => ({
    types: pricers.flatMap(({ types }) => types),
    property,
    what,
    because,
    ...(when === undefined ? {} : { when }),
    ...(taken === undefined ? {} : { taken }),
  });

const fn = options(lambdaFunction);
const bucket = options(s3Bucket);
const distribution = options(cloudFront);
const table = options(dynamoTable);
const topic = options(snsTopic);
const subscription = options(snsSubscription);
const service = options(ecsService);
const instance = options(ec2Instance);
const balancer = options(loadBalancer);
const database = options(rdsInstance);
const cluster = options(rdsCluster);
const databases = options(rdsInstance, rdsCluster);
const acl = options(webAcl);
const model = options(sageMakerParts);
const files = options(fileSystem);
const cache = options(replicationGroup, cacheCluster);
const serverlessCache = options(serverless);
const machine = options(stateMachine);
const stream = options(kinesisStream);
const firehose = options(deliveryStream);
const userPool = options(cognitoPool);
const graph = options(graphApi);
const plan = options(backupPlan);
const alarm = options(cloudWatchAlarm);

const volume = 'how much there is of it is not in the template';
const dearQueries =
  'such queries cost more than standard ones; how many there are is not in the template (https://aws.amazon.com/route53/pricing/)';
const logsOf = (page: string) => `how much it logs is not in the template (${page})`;

export const unpricedOptions: readonly UnpricedOption[] = [
  fn(
    'SnapStart.ApplyOn',
    'SnapStart',
    'snapshots and restores are free for Java and paid for other runtimes, by memory and number of restores (https://aws.amazon.com/lambda/pricing/)',
    /PublishedVersions/,
  ),
  fn('CapacityProviderConfig', 'Managed instances', 'its instances and their fee have no price here'),
  fn('DurableConfig', 'Durable operations', 'operations and stored state have no price here'),
  fn('TenancyConfig', 'Tenant isolation', 'environments for each tenant have no price here'),
  bucket(
    'ReplicationConfiguration',
    'Replication',
    'copies are stored, requested and perhaps transferred to another region, at the prices of their bucket (https://aws.amazon.com/s3/pricing/)',
  ),
  bucket('InventoryConfigurations', 'Inventory', 'paid by the objects that are listed'),
  bucket('AnalyticsConfigurations', 'Storage class analysis', 'paid by the objects that are watched'),
  bucket('MetricsConfigurations', 'Request metrics', 'billed as custom metrics of CloudWatch'),
  bucket(
    'IntelligentTieringConfigurations',
    'Archive tiers of Intelligent-Tiering',
    'which objects reach them is not in the template',
  ),
  bucket(
    'MetadataTableConfiguration',
    'Metadata tables',
    'paid by updates and by the storage of their table',
  ),
  bucket('MetadataConfiguration', 'Metadata tables', 'paid by updates and by the storage of their table'),
  bucket(
    'LifecycleConfiguration.Rules.*.NoncurrentVersionTransitions',
    'Older versions in other classes',
    'how many older versions there are is not in the template',
  ),
  distribution(
    'DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations',
    'Lambda@Edge',
    'its calls and duration are priced apart (https://aws.amazon.com/lambda/pricing/)',
  ),
  distribution(
    'DistributionConfig.CacheBehaviors.*.LambdaFunctionAssociations',
    'Lambda@Edge',
    'its calls and duration are priced apart (https://aws.amazon.com/lambda/pricing/)',
  ),
  distribution(
    'DistributionConfig.AnycastIpListId',
    'Static addresses',
    'a list of addresses has a monthly fee',
  ),
  distribution(
    'DistributionConfig.TenantConfig',
    'Tenants of the distribution',
    'distribution tenants are paid by their number',
  ),
  table(
    'ContributorInsightsSpecification.Enabled',
    'Contributor insights',
    'paid by rule and by event (https://aws.amazon.com/cloudwatch/pricing/)',
  ),
  table(
    'GlobalSecondaryIndexes.*.ContributorInsightsSpecification.Enabled',
    'Contributor insights of an index',
    'paid by rule and by event (https://aws.amazon.com/cloudwatch/pricing/)',
  ),
  table('ImportSourceSpecification', 'Import from S3', 'paid once, by the size of what is imported'),
  table('WarmThroughput', 'Warm throughput', 'paid once, by how far it is above what the table has'),
  table(
    'Replicas.*.ContributorInsightsSpecification.Enabled',
    'Contributor insights',
    'paid by rule and by event (https://aws.amazon.com/cloudwatch/pricing/)',
  ),
  table(
    'MultiRegionConsistency',
    'Strong consistency between regions',
    'the price table has no row for it',
    /STRONG/,
  ),
  topic('DataProtectionPolicy', 'Data protection', 'paid by the size of what is scanned'),
  topic('ArchivePolicy', 'Archive', 'paid by what is kept and replayed'),
  topic('DeliveryStatusLogging', 'Delivery logs', logsOf('https://aws.amazon.com/cloudwatch/pricing/')),
  subscription(
    'FilterPolicyScope',
    'Filtering by the body',
    'paid by the size of what is scanned (https://aws.amazon.com/sns/pricing/)',
    /MessageBody/,
  ),
  subscription('ReplayPolicy', 'Replay', 'paid by what is replayed'),
  service(
    'VolumeConfigurations',
    'Volumes of its tasks',
    'they are made with each task, and how long they live follows from it',
  ),
  service('VpcLatticeConfigurations', 'VPC Lattice', 'paid by service and data'),
  instance('Tenancy', 'Dedicated tenancy', 'it has a fee for each region and other prices', /dedicated|host/),
  instance(
    'CreditSpecification.CPUCredits',
    'CPU credits beyond those earned',
    'how busy it is is not in the template',
    /unlimited/,
  ),
  instance('ElasticInferenceAccelerators', 'Accelerators', 'the price table has no row for them'),
  instance('LicenseSpecifications', 'Licences', 'their price is that of their seller'),
  balancer('MinimumLoadBalancerCapacity', 'Reserved capacity', 'paid by the units reserved, used or not'),
  balancer('EnableCapacityReservationProvisionStabilize', 'Reserved capacity', 'paid by the units reserved'),
  databases(
    'PerformanceInsightsRetentionPeriod',
    'Performance insights kept for longer than a week',
    'paid by vCPU and month (https://aws.amazon.com/rds/performance-insights/pricing/)',
    /^(?!7$)\d+$/,
  ),
  databases(
    'DatabaseInsightsMode',
    'Advanced database insights',
    'paid by vCPU or capacity unit (https://aws.amazon.com/cloudwatch/pricing/)',
    /advanced/,
  ),
  databases(
    'MonitoringInterval',
    'Enhanced monitoring',
    'its metrics are logs, some 1 to 3 GB a month for each database at one a minute or less',
  ),
  databases(
    'EnableCloudwatchLogsExports',
    'Exported logs',
    logsOf('https://aws.amazon.com/cloudwatch/pricing/'),
  ),
  databases(
    'EngineLifecycleSupport',
    'Extended support',
    'paid by vCPU and hour once the version of the engine is out of standard support',
    /^open-source-rds-extended-support$/,
  ),
  database(
    'BackupRetentionPeriod',
    'Backups larger than the database',
    'backups up to the size of the database cost nothing, and how much changes each day is not in the template',
    /^(?!0$|1$)\d+$/,
    'none',
  ),
  database(
    'MaxAllocatedStorage',
    'Storage that grows by itself',
    'how far it grows is not in the template',
    /./,
    'as it is allocated',
  ),
  database('StorageThroughput', 'Storage throughput', 'the price table has no row for it'),
  database('DedicatedLogVolume', 'A volume for logs', 'the price table has no row for it'),
  database(
    'AutomaticBackupReplicationRegion',
    'Backups in another region',
    'they are stored and transferred at the prices of that region',
  ),
  database('AdditionalStorageVolumes', 'Further volumes', 'the price table has no row for them'),
  cluster('BacktrackWindow', 'Backtrack', 'paid by the changes that are kept'),
  cluster('EnableHttpEndpoint', 'Calls of the Data API', 'how many there are is not in the template'),
  cluster(
    'Iops',
    'Provisioned IOPS of a Multi-AZ cluster',
    'the price table has single databases and Aurora only',
  ),
  acl(
    'Rules.*.Statement.ManagedRuleGroupStatement.Name',
    'Account protection or protection from floods',
    'AWS bills a monthly fee and each request that it inspects (https://aws.amazon.com/waf/pricing/)',
    /^AWSManagedRules(ATP|ACFP|AntiDDoS)RuleSet$/,
  ),
  acl(
    'Rules.*.Action.Captcha',
    'CAPTCHA attempts',
    'paid by attempt; how many there are is not in the template',
  ),
  acl(
    'Rules.*.Action.Challenge',
    'Challenges',
    'paid by challenge; how many there are is not in the template',
  ),
  acl(
    'AssociationConfig.RequestBody',
    'Inspection of larger bodies',
    'each further 16 KB of a body that is inspected is paid; how large bodies are is not in the template',
  ),
  acl('OnSourceDDoSProtectionConfig', 'Protection from floods', 'the price table has no row for it'),
  model(
    'DataCaptureConfig.EnableCapture',
    'Captured data',
    'what is captured is stored in S3; how much is not in the template',
  ),
  model('ShadowProductionVariants', 'Shadow variants', 'their instances are not counted'),
  model(
    'ProductionVariants.*.VolumeSizeInGB',
    'Volumes of its instances',
    'the price table has no row for them',
  ),
  model(
    'ProductionVariants.*.ServerlessConfig.ProvisionedConcurrency',
    'Provisioned concurrency',
    'the price table has no row for it',
  ),
  files(
    'ReplicationConfiguration',
    'Replication',
    'the copy is stored and transferred at the prices of its region',
  ),
  files(
    'BackupPolicy.Status',
    'Automatic backups',
    'AWS Backup stores them; how much changes is not in the template',
    /^ENABLED$/,
  ),
  cache('SnapshotRetentionLimit', 'Backups', volume),
  cache('LogDeliveryConfigurations', 'Delivered logs', volume),
  cache('GlobalReplicationGroupId', 'Copies in other regions', 'they are transferred between regions'),
  serverlessCache('SnapshotRetentionLimit', 'Backups', volume),
  serverlessCache(
    'CacheUsageLimits.ECPUPerSecond.Minimum',
    'Least operations that are billed',
    'the minimum is paid whether it is used or not',
  ),
  machine(
    'LoggingConfiguration.Level',
    'Logs of executions',
    logsOf('https://aws.amazon.com/cloudwatch/pricing/'),
    /^(ALL|ERROR|FATAL)$/,
  ),
  stream(
    'RetentionPeriodHours',
    'Records kept for longer than a day',
    'paid by shard or size',
    /^(?!24$)\d+$/,
  ),
  stream('DesiredShardLevelMetrics', 'Metrics of shards', 'billed as custom metrics of CloudWatch'),
  firehose(
    'ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration.Enabled',
    'Conversion of the format',
    volume,
  ),
  firehose(
    'ExtendedS3DestinationConfiguration.DynamicPartitioningConfiguration.Enabled',
    'Partitioning',
    volume,
  ),
  firehose(
    'AmazonopensearchserviceDestinationConfiguration.VpcConfiguration',
    'Delivery into a network',
    volume,
  ),
  firehose('IcebergDestinationConfiguration', 'Delivery to Iceberg', volume),
  firehose('SnowflakeDestinationConfiguration', 'Delivery to Snowflake', volume),
  firehose('DatabaseSourceConfiguration', 'Changes of a database', volume),
  firehose('MSKSourceConfiguration', 'Records of MSK', 'they have a price of their own by size'),
  options(canary)('BrowserConfigs', 'Runs in further browsers', 'each browser is a run of its own'),
  options(searchCollection)(
    'VectorOptions.ServerlessVectorAcceleration',
    'Accelerated vector indexes',
    'the price table has no row for it',
    /^ENABLED$/,
  ),
  cache('Durability', 'Durable writes', 'the price table has no row for it'),
  userPool('EmailConfiguration.SourceArn', 'Mail by SES', 'how many mails are sent is not in the template'),
  graph('LogConfig.FieldLogLevel', 'Logs', logsOf('https://aws.amazon.com/cloudwatch/pricing/')),
  graph('EnhancedMetricsConfig', 'Enhanced metrics', 'billed as custom metrics of CloudWatch'),
  plan(
    'BackupPlan.BackupPlanRule.*.CopyActions',
    'Copies in other vaults',
    'stored and transferred at the prices of their region',
  ),
  plan('BackupPlan.BackupPlanRule.*.EnableContinuousBackup', 'Continuous backup', volume),
  alarm(
    'Metrics.*.Expression',
    'Metrics that its query analyses',
    'each is an alarm metric; how many match is not in the template',
    /^\s*SELECT\b/i,
  ),
  table('VectorIndexes', 'Vector indexes', 'the price table has no row for them'),
  table('GlobalTableWitnesses', 'Witness regions', 'the price table has no row for them'),
  options(eventSource)('MetricsConfig', 'Metrics of the mapping', 'billed as custom metrics of CloudWatch'),
  options(certificate)(
    'CertificateExport',
    'A certificate that can be exported',
    'paid once for each name when it is issued or renewed (https://aws.amazon.com/certificate-manager/pricing/)',
    /^ENABLED$/,
  ),
  options(certificate)(
    'CertificateAuthorityArn',
    'A private certificate',
    'its authority has a monthly fee and a price for each certificate',
  ),
  options(networkParts)(
    'InstanceTenancy',
    'Dedicated tenancy',
    'it has a fee for each region and other prices',
    /dedicated/,
  ),
  options(natGateway)(
    'AvailabilityMode',
    'A gateway in every zone',
    'it is paid for each zone that it is in, and how many those are follows from what runs',
    /regional/,
  ),
  options(endpoint)(
    'ServiceRegion',
    'Transfer to another region',
    'how much data passes between the regions is not in the template',
  ),
  options(ec2Volume)(
    'VolumeInitializationRate',
    'Faster first reads',
    'paid once, by the size of the snapshot',
  ),
  service('Monitoring', 'Finer metrics', 'billed as metrics of CloudWatch'),
  options(ecsParts)('InferenceAccelerators', 'Accelerators', 'the price table has no row for them'),
  options(canary)('Replicas', 'Runs in other regions', 'they are paid at the prices of those regions'),
  options(pipe)('LogConfiguration', 'Logs of the pipe', volume),
  options(dnsParts)('GeoLocation', 'Queries by place', dearQueries),
  options(dnsParts)('Region', 'Queries by latency', dearQueries),
  options(dnsParts)('CidrRoutingConfig', 'Queries by address', dearQueries),
  options(hostedZone)('HostedZoneFeatures', 'Features of the zone', 'the price table has no row for them'),
  stream('WarmThroughputMiBps', 'Warm throughput', 'the price table has no row for it'),
  model('MetricsConfig', 'Metrics of instances and containers', 'billed as metrics of CloudWatch'),
  userPool(
    'UserPoolAddOns.AdvancedSecurityMode',
    'Threat protection',
    'it is a part of the Plus tier, and paid by active user in the others',
    /^(AUDIT|ENFORCED)$/,
  ),
  acl('MonetizationConfig', 'Monetization of crawlers', 'the price table has no row for it'),
  options(eventBus)('LogConfig.Level', 'Logs of the bus', volume),
  options(hostedZone)('QueryLoggingConfig', 'Query logs', volume),
  options(wafLogs)(
    'LogDestinationConfigs',
    'Logs of inspected requests',
    'their size is not in the template (https://aws.amazon.com/cloudwatch/pricing/, vended logs)',
  ),
  options(loadBalancerParts)(
    'MutualAuthentication.TrustStoreArn',
    'Mutual TLS',
    'a trust store has a fee by the hour, which the price table lacks',
  ),
  options(kmsKey)(
    'EnableKeyRotation',
    'Older key material',
    'each of the first two rotations adds the price of a key to its month: nothing in the first year (https://aws.amazon.com/kms/pricing/)',
    /^true$/,
    'none, as in the first year',
  ),
  options(registry)(
    'ReplicationConfiguration',
    'Replication',
    'copies are stored and transferred at the prices of their region',
  ),
  options(autoScalingGroup)('WarmPool', 'Warm pool', 'instances that are kept stopped pay for their volumes'),
  options(searchDomain)('EBSOptions', 'Volumes', 'the price table has no row for them'),
];

const byType = new Map<string, UnpricedOption[]>();
for (const option of unpricedOptions)
  for (const type of option.types) {
    const list = byType.get(type);
    if (list === undefined) byType.set(type, [option]);
    else list.push(option);
  }

const isOn = (value: unknown, { when }: UnpricedOption): boolean => {
  if (typeof value === 'object' && value !== null)
    return when === undefined && (!Array.isArray(value) || value.length > 0);
  const text = String(value ?? '');
  return when === undefined ? text !== '' && !off.test(text) : when.test(text);
};

/** What is on of the options above. */
export const unpricedOptionItems = (resource: Resource): readonly Item[] =>
  (byType.get(resource.type) ?? []).flatMap((option) => {
    const { property, what, because, taken } = option;
    if (![...valuesAt(resource.properties, property)].some(({ value }) => isOn(value, option))) return [];
    return [taken === undefined ? unpriced(what, because) : assumption(what, taken, because)];
  });
