import { expect, test } from 'vitest';
import { alarmOn, answerOf, figures, network, review } from './recovery-answers.ts';

const table = (properties: object = {}) => ({
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'jobs', ...properties } },
});
const continuous = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };

test('a table with continuous backups and an alarm comes back in the sum of noticing, responding and restoring', () => {
  const report = review({ ...table(continuous), ...alarmOn('TableName', { Ref: 'Table' }, 120) });
  // Alarm 0–(120 + 60) s, respond 300–900 s, restore 1,200–3,600 s: 1,500–4,680 s. Five minutes behind at most.
  expect(figures(report, 'Table', 'software-fault')).toEqual(['no', 1_500, 4_680, 300]);
  expect(answerOf(report, 'Table', 'software-fault').rto?.parts.map(({ maxSeconds }) => maxSeconds)).toEqual([
    180, 900, 3_600,
  ]);
  // The system backup of a deleted table is of the moment before.
  expect(figures(report, 'Table', 'deleted')).toEqual(['no', 1_500, 4_680, null]);
  expect(figures(report, 'Table', 'lost-zone')).toEqual(['yes', 0, 0, null]);
});

test('where nobody is told, a weekend is in the time', () => {
  const report = review(table(continuous));
  // 900 + 1,200 at best; 228,600 s from Friday 17:30 to Monday 09:00, + 3,600 at worst.
  expect(figures(report, 'Table', 'software-fault')).toEqual(['no', 2_100, 232_200, 300]);
  expect(answerOf(report, 'Table', 'software-fault').because).toContain('nobody is told');
  expect(report.assumptions.find(({ key }) => key === 'recovery.unattended')?.because).toContain('Friday');
});

test('a table without backups loses all data to a fault, to deletion and with its region', () => {
  const report = review(table());
  for (const scenario of ['software-fault', 'deleted', 'lost-region'] as const)
    expect(answerOf(report, 'Table', scenario).rpo?.seconds).toBe('all-data');
});

test('a table that refuses to be deleted survives deletion', () => {
  expect(figures(review(table({ DeletionProtectionEnabled: true })), 'Table', 'deleted')).toEqual([
    'yes',
    0,
    0,
    null,
  ]);
});

test('a rehearsed restore replaces the figure of the model', () => {
  const report = review(table(continuous), { restoreSeconds: { 'App/Table': { min: 400, max: 500 } } });
  // 900 + 400, 228,600 + 500.
  expect(figures(report, 'Table', 'software-fault')).toEqual(['no', 1_300, 229_100, 300]);
});

test('a table with a replica goes on in the other region, a second behind', () => {
  const report = review({
    Table: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { Replicas: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }] },
    },
  });
  expect(figures(report, 'Table', 'lost-region')).toEqual(['degraded', 0, 0, 1]);
});

const database = (properties: object = {}, rest: object = {}) => ({
  Db: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: 'postgres',
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: '20',
      ...properties,
    },
    ...rest,
  },
});

test('a database in one zone is restored from its logs when the zone is lost, and its size counts', () => {
  const report = review(database(), { dataGb: { default: 100 } });
  // 15 min unseen + 900 s; 228,600 + 3,600 + 100 GB × 30 s. Logs every five minutes.
  expect(figures(report, 'Db', 'lost-zone')).toEqual(['no', 1_800, 235_200, 300]);
  expect(report.singlePoints.map(({ what }) => what)).toEqual(['RDS database: one instance in one zone']);
});

test('a database with a standby fails over in one to two minutes and loses nothing', () => {
  const report = review(database({ MultiAZ: true }));
  expect(figures(report, 'Db', 'lost-zone')).toEqual(['degraded', 60, 120, null]);
  expect(answerOf(report, 'Db', 'lost-zone').rto?.parts[0]?.basis).toMatchObject({ assumed: false });
  expect(report.singlePoints).toEqual([]);
});

test('a database without backups loses everything with its zone', () => {
  const report = review(database({ BackupRetentionPeriod: 0 }));
  expect(answerOf(report, 'Db', 'lost-zone').rpo?.seconds).toBe('all-data');
});

test('a database whose zones depend on an unknown parameter cannot be told, and says which', () => {
  const { Resources } = { Resources: database({ MultiAZ: { Ref: 'Missing' } }) };
  const report = review(Resources);
  const answer = answerOf(report, 'Db', 'lost-zone');
  expect(answer.survives).toBe('cannot-tell');
  expect(answer.unclear.join()).toContain('Db/MultiAZ');
  expect(report.whole.find(({ scenario }) => scenario === 'lost-zone')?.survives).toBe('cannot-tell');
});

test('a cluster with a reader fails over within a minute; without one it waits for a new writer', () => {
  const cluster = { Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } } };
  const member = {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      DBClusterIdentifier: { Ref: 'Cluster' },
      DBInstanceClass: 'db.r6g.large',
      Engine: 'aurora-postgresql',
    },
  };
  const alone = review({ ...cluster, Writer: member });
  expect(figures(alone, 'Cluster', 'lost-instance')).toEqual(['degraded', 120, 600, null]);
  expect(alone.components).toHaveLength(1);
  const pair = review({ ...cluster, Writer: member, Reader: member });
  expect(figures(pair, 'Cluster', 'lost-instance')).toEqual(['degraded', 15, 60, null]);
});

const service = (tasks: number, subnets: readonly string[], more: object = {}) => ({
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Cpu: '256', Memory: '512', ContainerDefinitions: [] },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      LaunchType: 'FARGATE',
      DesiredCount: tasks,
      TaskDefinition: { Ref: 'Task' },
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets.map((Ref) => ({ Ref })) } },
      ...more,
    },
  },
});

test('one task in one zone needs a person when the zone is lost', () => {
  const report = review({ ...network(['us-east-1a']), ...service(1, ['Subnet0']) });
  // 900–228,600 s until it is seen, 900–3,600 s to add a subnet and deploy.
  expect(figures(report, 'Service', 'lost-zone')).toEqual(['no', 1_800, 232_200, null]);
  expect(figures(report, 'Service', 'lost-instance')).toEqual(['degraded', 53, 120, null]);
});

test('one task over two zones starts again in the other one; two carry on', () => {
  const zones = network(['us-east-1a', 'us-east-1b']);
  const one = review({ ...zones, ...service(1, ['Subnet0', 'Subnet1']) });
  expect(figures(one, 'Service', 'lost-zone')).toEqual(['degraded', 53, 120, null]);
  const two = review({ ...zones, ...service(2, ['Subnet0', 'Subnet1']) });
  expect(figures(two, 'Service', 'lost-zone')).toEqual(['yes', 0, 0, null]);
  expect(two.singlePoints).toEqual([]);
});

test('the least of the scaling target counts, not the desired count', () => {
  const report = review({
    ...network(['us-east-1a', 'us-east-1b']),
    ...service(4, ['Subnet0', 'Subnet1']),
    Scaling: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        MinCapacity: 1,
        MaxCapacity: 4,
        ResourceId: { 'Fn::Join': ['/', ['service', 'x', { 'Fn::GetAtt': ['Service', 'Name'] }]] },
      },
    },
  });
  expect(report.singlePoints.map(({ what }) => what)).toEqual(['Fargate service: one task']);
});

test('a versioned bucket gives back what a fault overwrote, unless its stack empties it first', () => {
  const bucket = {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
  };
  const empties = {
    Provider: { Type: 'AWS::Lambda::Function', Properties: {} },
    Empty: {
      Type: 'Custom::S3AutoDeleteObjects',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, BucketName: { Ref: 'Bucket' } },
    },
  };
  const kept = review(bucket);
  expect(answerOf(kept, 'Bucket', 'software-fault').rpo?.seconds).toBeNull();
  expect(answerOf(kept, 'Bucket', 'deleted').rpo?.seconds).toBeNull();
  const emptied = review({ ...bucket, ...empties });
  expect(answerOf(emptied, 'Bucket', 'deleted').rpo?.seconds).toBe('all-data');
  // The provider works while deploying only.
  expect(emptied.components.map(({ resource }) => resource.logicalId)).toEqual(['Bucket']);
});

test('a queue without a dead-letter queue loses what always fails when its retention ends', () => {
  const report = review({
    Queue: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 86_400 } },
  });
  expect(answerOf(report, 'Queue', 'software-fault').rpo?.seconds).toBe(86_400);
});

test('an hourly backup plan that selects by tag bounds the loss, and its copy survives the region', () => {
  const report = review({
    Files: {
      Type: 'AWS::EFS::FileSystem',
      Properties: { FileSystemTags: [], Tags: [{ Key: 'backup', Value: 'hourly' }] },
    },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: 'p',
          BackupPlanRule: [
            {
              RuleName: 'hourly',
              TargetBackupVault: 'v',
              ScheduleExpression: 'cron(0 * * * ? *)',
              CopyActions: [
                { DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:v' },
              ],
            },
          ],
        },
      },
    },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          SelectionName: 's',
          IamRoleArn: 'arn:aws:iam::123456789012:role/r',
          ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'hourly' }],
        },
      },
    },
  });
  expect(answerOf(report, 'Files', 'deleted').rpo?.seconds).toBe(3_600);
  expect(answerOf(report, 'Files', 'lost-region').rpo?.seconds).toBe(3_600);
});

test('every figure says where it comes from, and assumed ones say so', () => {
  const report = review({
    ...table(continuous),
    ...database(),
    ...network(['us-east-1a']),
    ...service(1, ['Subnet0']),
  });
  const parts = report.components.flatMap(({ answers }) => answers.flatMap(({ rto }) => rto?.parts ?? []));
  expect(parts.length).toBeGreaterThan(20);
  for (const { basis, minSeconds, maxSeconds } of parts) {
    expect(maxSeconds).toBeGreaterThanOrEqual(minSeconds);
    expect(basis.source).toMatch(/^https:\/\/|^App\/|^review\/config\.yaml: |^assumed/);
    if (basis.source.startsWith('assumed')) expect(basis.assumed).toBe(true);
  }
});
