/** Page → API → function → table and queue → worker function. */
import { fileURLToPath } from 'node:url';
import { JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { JsonFunction, JsonRestApi, type Stage, StaticSite } from 'slipway/blocks';

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export class NotesStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage }) {
    super(scope, id, { terminationProtection: props.stage.terminationProtection, ...props });
    const { stage } = props;

    const table = new Table(this, 'Notes', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.name === 'prod',
      removalPolicy: stage.removalPolicy,
    });
    // What cannot be counted three times ends in the dead-letter queue, where it can be looked at.
    const failed = new Queue(this, 'Failed', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Waiting', {
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(60),
      deadLetterQueue: { queue: failed, maxReceiveCount: 3 },
    });

    const environment = { TABLE_NAME: table.tableName };
    const create = new JsonFunction(this, 'CreateNote', {
      stage,
      entry: here('functions/create-note.ts'),
      environment: { ...environment, QUEUE_URL: queue.queueUrl },
    });
    const get = new JsonFunction(this, 'GetNote', {
      stage,
      entry: here('functions/get-note.ts'),
      environment,
    });
    const count = new JsonFunction(this, 'CountWords', {
      stage,
      entry: here('functions/count-words.ts'),
      environment,
    });
    table.grant(create.role, 'dynamodb:PutItem');
    queue.grantSendMessages(create.role);
    table.grant(get.role, 'dynamodb:GetItem');
    table.grant(count.role, 'dynamodb:UpdateItem');
    count.function.addEventSource(new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true }));

    const site = new StaticSite(this, 'Site', { stage, folder: here('site') });
    const api = new JsonRestApi(this, 'Api', { stage, name: `notes-${stage.name}`, allowOrigin: site.url });
    api.route('POST', '/notes', create.function, {
      body: {
        type: JsonSchemaType.OBJECT,
        required: ['text'],
        properties: { text: { type: JsonSchemaType.STRING, minLength: 1, maxLength: 10_000 } },
      },
    });
    api.route('GET', '/notes/{id}', get.function);
    // The page asks its own domain: it needs neither CORS nor the API's address.
    site.addApi(['/notes', '/notes/*'], api);

    new CfnOutput(this, 'SiteUrl', { value: site.url });
    new CfnOutput(this, 'ApiUrl', { value: api.api.url });
  }
}
