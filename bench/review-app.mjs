// The app that `bench/review.ts` reviews: ten services in five stacks, 500 resources in all. Each service is an API
// over four functions, two tables, a queue with its dead letters, a bucket, a topic, a schedule, roles, logs and alarms.
// `node bench/review-app.mjs` synthesizes into CDK_OUTDIR; with CDK_NAG=1 cdk-nag checks it as its README says.
import { App, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const services = [
  ['Orders', 'Payments'],
  ['Catalogue', 'Search'],
  ['Customers', 'Sessions'],
  ['Shipping', 'Returns'],
  ['Reports', 'Invoices'],
];

function addService(stack, name) {
  const id = (part) => `${name}${part}`;
  const table = new Table(stack, id('Table'), {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: name.length % 2 === 0 },
  });
  const events = new Table(stack, id('Events'), {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    timeToLiveAttribute: 'expires',
    removalPolicy: RemovalPolicy.DESTROY,
    billingMode: BillingMode.PAY_PER_REQUEST,
  });
  const dead = new Queue(stack, id('Dead'), { retentionPeriod: Duration.days(14), enforceSSL: true });
  const queue = new Queue(stack, id('Queue'), {
    visibilityTimeout: Duration.minutes(3),
    deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
  });
  const bucket = new Bucket(stack, id('Files'), { enforceSSL: true, versioned: true });
  const topic = new Topic(stack, id('Alerts'));
  const environment = { TABLE: table.tableName, QUEUE: queue.queueUrl, BUCKET: bucket.bucketName };
  const functionOf = (part) =>
    new Lambda(stack, id(part), {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: "{}" });'),
      memorySize: 512,
      timeout: Duration.seconds(20),
      environment,
      logGroup: new LogGroup(stack, id(`${part}Log`), {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
  const [create, read, work, sweep] = ['Create', 'Read', 'Work', 'Sweep'].map(functionOf);
  table.grantReadWriteData(create);
  queue.grantSendMessages(create);
  table.grantReadData(read);
  bucket.grantRead(read);
  table.grantReadWriteData(work);
  events.grantWriteData(work);
  bucket.grantReadWrite(work);
  work.addEventSource(new SqsEventSource(queue, { batchSize: 10 }));
  events.grantFullAccess(sweep);
  sweep.addToRolePolicy(
    new PolicyStatement({ actions: ['cloudwatch:PutMetricData', 's3:ListAllMyBuckets'], resources: ['*'] }),
  );
  new Rule(stack, id('Nightly'), {
    schedule: Schedule.cron({ hour: '3', minute: '0' }),
    targets: [new LambdaFunction(sweep)],
  });
  const auditor = new Role(stack, id('Auditor'), { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
  events.grantReadData(auditor);
  const api = new RestApi(stack, id('Api'), {
    cloudWatchRole: false,
    deployOptions: { tracingEnabled: true },
  });
  const items = api.root.addResource('items');
  items.addMethod('POST', new LambdaIntegration(create));
  items.addMethod('GET', new LambdaIntegration(read));
  items.addResource('{id}').addMethod('GET', new LambdaIntegration(read));
  const alarms = [
    ...[create, read, work, sweep].map((handler) => handler.metricErrors()),
    create.metricThrottles(),
    dead.metricApproximateNumberOfMessagesVisible(),
    queue.metricApproximateAgeOfOldestMessage(),
  ];
  for (const [index, metric] of alarms.entries())
    new Alarm(stack, id(`Alarm${index}`), { metric, threshold: 1, evaluationPeriods: 1 }).addAlarmAction(
      new SnsAction(topic),
    );
}

const app = new App({ analyticsReporting: false });
for (const [index, names] of services.entries()) {
  const stack = new Stack(app, `Shop${index + 1}`, { env: { region: 'us-east-1' } });
  for (const name of names) addService(stack, name);
}
if (process.env.CDK_NAG === '1') {
  const { AwsSolutionsChecks } = await import('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
app.synth();
