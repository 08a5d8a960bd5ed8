/**
 * The times and losses that component models use, with their sources. `date` is the day on which the page was read; a
 * figure without a date is quoted from the page. `assumed` figures have no page and name the config key that replaces them.
 */
import type { RestoreFigure, Span } from './model.ts';
import type { Basis, TimePart } from './report.ts';

const docs = 'https://docs.aws.amazon.com/';
const fact = (figure: string, source: string, date?: string): Basis => ({
  figure,
  source: source.startsWith('http') ? source : docs + source,
  ...(date === undefined ? {} : { date }),
  assumed: false,
});
/** The config key where the user can state a better figure. */
export const inConfig = (key: string): string => `slipway-review.yaml: recovery.${key}`;
/** `key`: of the config, where a better figure can be given. */
const guess = (figure: string, key?: string): Basis => ({
  figure,
  source: key === undefined ? 'assumed by this model: no page states it' : `assumed; ${inConfig(key)}`,
  assumed: true,
});
const part = (what: string, min: number, max: number, basis: Basis): TimePart => ({
  what,
  minSeconds: min,
  maxSeconds: max,
  basis,
});

/** Defaults of the config, in seconds. */
export const defaults = {
  dataGb: 10,
  respond: { min: 300, max: 900 } satisfies Span,
  // Working hours 09:00–17:30, Monday to Friday: Friday 17:30 to Monday 09:00 is 63.5 h.
  unattended: { min: 900, max: 228_600 } satisfies Span,
  redeploy: { min: 900, max: 3_600 } satisfies Span,
  backlogSeconds: 300,
  rollback: { min: 120, max: 900 } satisfies Span,
} as const;

export const unattendedText =
  'working hours Monday to Friday 09:00–17:30: a user complains within 15 min then, and at worst it happens on Friday ' +
  'at 17:30 and is seen on Monday at 09:00';

export const steps = {
  fargateTask: part(
    'a new Fargate task is placed, pulls its image and starts',
    53,
    120,
    fact(
      'measured 53–62 s for an image of 413 MB; 120 s allows for a larger one',
      'https://elasticscale.com/blog/aws-ecs-fargate-startup-time/',
      '2026-11-21',
    ),
  ),
  ec2Task: part(
    'a new task starts on another instance of the cluster',
    10,
    120,
    guess('10–120 s to place, pull and start a task on a running instance'),
  ),
  targetFoundUnhealthy: part(
    'the load balancer finds the target unhealthy',
    10,
    60,
    fact(
      'health checks every 30 s, unhealthy after 2 failures, by default',
      'elasticloadbalancing/latest/application/target-group-health-checks.html',
    ),
  ),
  visibility: (seconds: number, where: string): TimePart =>
    part('its message becomes visible again', 0, seconds, {
      figure: `visibility timeout ${seconds} s`,
      source: where,
      assumed: false,
    }),
  instanceReplaced: part(
    'Auto Scaling finds that the instance is lost and starts another',
    120,
    600,
    guess('2–10 min: status check, launch, boot, health check grace'),
  ),
  instanceRecovers: part(
    'EC2 moves the instance to another host (simplified automatic recovery)',
    300,
    900,
    guess('5–15 min; AWS states no time'),
  ),
  instanceRestarted: part(
    'a person starts the instance from its image in another zone',
    900,
    3_600,
    guess('15–60 min'),
  ),
  rdsFailover: part(
    'the standby in the other zone takes over',
    60,
    120,
    fact(
      'Multi-AZ failover typically takes 60–120 s',
      'AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html',
    ),
  ),
  rdsHost: part(
    'RDS replaces the host and attaches the same volume',
    300,
    1_800,
    guess('5–30 min; AWS describes the recovery, not its time'),
  ),
  auroraFailover: part(
    'a reader is promoted',
    15,
    60,
    fact(
      'typically less than 60 s, often less than 30 s, with a reader',
      'AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
    ),
  ),
  auroraRecreated: part(
    'Aurora makes a new writer, as there is no reader',
    120,
    600,
    fact(
      'typically less than 10 min without a reader',
      'AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
    ),
  ),
  cacheFailover: part(
    'a replica is promoted',
    15,
    60,
    guess('15–60 s; the page says "minimal" and gives no number'),
  ),
  cacheNode: part(
    'ElastiCache makes a new, empty node',
    180,
    900,
    guess('3–15 min; AWS says replacement is automatic, not how long'),
  ),
  nodeReplaced: part('the service replaces the node', 300, 1_800, guess('5–30 min')),
  cloudFormationRollsBack: part(
    'CloudFormation rolls the failed update back',
    60,
    900,
    guess('1–15 min: only when the deployment itself fails'),
  ),
  circuitBreaker: part(
    'the deployment circuit breaker gives up and rolls back',
    180,
    900,
    fact(
      'gives up after 50 % of the desired count failed, at least 3 tasks; each start takes about a minute',
      'AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
    ),
  ),
  canaryRollsBack: (seconds: number): TimePart =>
    part('the alarm of the gradual deployment fires and traffic goes back', 60, seconds + 120, {
      figure: `alarm after ${seconds} s, then the alias points back within two minutes`,
      source: `${docs}codedeploy/latest/userguide/deployments-rollback-and-redeploy.html`,
      assumed: false,
    }),
  failOverOrigin: part(
    'CloudFront asks the second origin',
    0,
    30,
    fact(
      'up to 3 attempts of 10 s each before the second origin is asked',
      'AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html',
    ),
  ),
  switchRegion: part(
    'a person points users at the other region',
    60,
    900,
    guess('1–15 min to decide and change DNS or a routing control'),
  ),
  promoteRegion: part(
    'a person promotes the cluster of the other region',
    60,
    300,
    fact(
      'a promotion is done in about a minute once it is begun; 5 min allows for finding the page',
      'AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html',
    ),
  ),
  useRetained: part(
    'a person points the app at the retained resource, or imports it into the stack',
    600,
    3_600,
    guess('10–60 min', 'restore'),
  ),
  undelete: part(
    'a person removes the delete markers, or copies the earlier versions back',
    300,
    1_800,
    guess('5–30 min for up to a million objects', 'restore'),
  ),
  secretRestored: part(
    'a person cancels the deletion',
    60,
    600,
    fact(
      'a deleted secret can be restored for 7–30 days',
      'secretsmanager/latest/userguide/manage_delete-secret.html',
    ),
  ),
  keyRestored: part(
    'a person cancels the deletion of the key',
    60,
    600,
    fact('a key waits 7–30 days before it is deleted', 'kms/latest/developerguide/deleting-keys.html'),
  ),
  natReplaced: part(
    'a person makes a NAT gateway in another zone and changes the routes',
    600,
    1_800,
    guess('10–30 min'),
  ),
} as const;

/** Restores. A backup and a point in time take equally long: both make a new, empty copy and fill it. */
export const restores = {
  dynamodb: {
    what: 'restore into a new table, and point the app at it',
    min: 1_200,
    max: 3_600,
    secondsPerGb: 0,
    basis: fact(
      "95 % of customers' table restores take less than an hour, more with size and partitions; the least is assumed",
      'amazondynamodb/latest/developerguide/CreateBackup.html',
      '2026-11-21',
    ),
  },
  rds: {
    what: 'restore into a new instance, and point the app at it',
    min: 900,
    max: 3_600,
    secondsPerGb: 30,
    basis: guess('15–60 min plus 30 s a GB; AWS says the time grows with the size', 'restore'),
  },
  aurora: {
    what: 'restore into a new cluster, and point the app at it',
    min: 900,
    max: 3_600,
    secondsPerGb: 10,
    basis: guess('15–60 min plus 10 s a GB; AWS says the time grows with the size', 'restore'),
  },
  volume: {
    what: 'restore from the backup, and attach or mount it',
    min: 900,
    max: 5_400,
    secondsPerGb: 30,
    basis: guess('15–90 min plus 30 s a GB', 'restore'),
  },
  bucket: {
    what: 'restore the objects from the backup',
    min: 1_800,
    max: 7_200,
    secondsPerGb: 60,
    basis: guess('30–120 min plus 1 min a GB', 'restore'),
  },
  search: {
    what: 'restore the indexes from the snapshot',
    min: 900,
    max: 5_400,
    secondsPerGb: 60,
    basis: guess('15–90 min plus 1 min a GB', 'restore'),
  },
  cache: {
    what: 'restore the snapshot into a new cache, and point the app at it',
    min: 600,
    max: 2_400,
    secondsPerGb: 60,
    basis: guess('10–40 min plus 1 min a GB', 'restore'),
  },
} as const satisfies Record<string, RestoreFigure>;

export const losses = {
  dynamodbPoint: fact(
    'the latest restorable time is typically five minutes ago',
    'amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html',
    '2026-11-21',
  ),
  dynamodbSystemBackup: fact(
    'a table deleted with point-in-time recovery on leaves a system backup for 35 days, of the moment before',
    'amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html',
  ),
  rdsPoint: fact('transaction logs go to S3 every five minutes', 'AmazonRDS/latest/UserGuide/USER_PIT.html'),
  auroraPoint: fact(
    'the latest restorable time is within the last five minutes',
    'AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html',
  ),
  daily: fact(
    'automated snapshots once a day',
    'AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
  ),
  cacheDaily: fact('automatic backups once a day', 'AmazonElastiCache/latest/dg/backups-automatic.html'),
  openSearchHourly: fact(
    'automated snapshots every hour, kept 14 days',
    'opensearch-service/latest/developerguide/managedomains-snapshots.html',
  ),
  versions: fact(
    'a deleted or overwritten object keeps its earlier versions',
    'AmazonS3/latest/userguide/Versioning.html',
  ),
  replication: fact(
    'with replication time control 99.99 % of objects within 15 min',
    'AmazonS3/latest/userguide/replication-time-control.html',
    '2026-11-21',
  ),
  globalTable: fact(
    'replicated to the other regions usually within a second',
    'amazondynamodb/latest/developerguide/GlobalTables.html',
  ),
  globalDatabase: fact(
    'replicated to the other region with a typical lag under a second',
    'AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html',
    '2026-11-21',
  ),
  synchronous: fact(
    'the standby is written at the same time',
    'AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html',
  ),
  sixCopies: fact(
    'six copies in three zones',
    'AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
    '2026-11-21',
  ),
  noCopy: guess('no backup, earlier version or replica is in the template'),
} as const;

/** Services that AWS spreads over at least three zones by itself. */
export const severalZones = {
  lambda: fact('runs in several zones', 'lambda/latest/dg/security-resilience.html'),
  apiGateway: fact(
    'regional service over several zones',
    'apigateway/latest/developerguide/disaster-recovery-resiliency.html',
  ),
  sqs: fact(
    'messages are stored in several zones',
    'AWSSimpleQueueService/latest/SQSDeveloperGuide/disaster-recovery-resiliency.html',
  ),
  sns: fact('messages are stored in several zones', 'sns/latest/dg/disaster-recovery-resiliency.html'),
  dynamodb: fact(
    'data is replicated over three zones',
    'amazondynamodb/latest/developerguide/disaster-recovery-resiliency.html',
  ),
  s3: fact('objects are stored in at least three zones', 'AmazonS3/latest/userguide/DataDurability.html'),
  s3OneZone: fact('this class stores in one zone', 'AmazonS3/latest/userguide/storage-class-intro.html'),
  kinesis: fact(
    'records are replicated over three zones',
    'streams/latest/dg/disaster-recovery-resiliency.html',
  ),
  cloudFront: fact(
    'served from edge locations around the world',
    'AmazonCloudFront/latest/DeveloperGuide/disaster-recovery-resiliency.html',
  ),
  route53: fact(
    'a global service; 100 % availability in its service level agreement',
    'https://aws.amazon.com/route53/sla/',
  ),
  efs: fact(
    'regional file systems store in several zones',
    'efs/latest/ug/disaster-recovery-resiliency.html',
  ),
  generic: (page: string): Basis => fact('a regional service over several zones', page),
} as const;

/** A restore that the user has timed. */
export const rehearsed = (what: string, { min, max }: Span): TimePart =>
  part(what, min, max, {
    figure: `rehearsed: ${min}–${max} s`,
    source: inConfig('restore'),
    assumed: false,
  });

export { fact, guess, part };
