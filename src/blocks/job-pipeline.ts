/**
 * Jobs that take longer than a request: input and output buckets, a table of jobs, a queue with a dead-letter
 * queue, and a Fargate worker that scales with the queue. Grants name their actions one by one.
 *
 * The worker's code owns the protocol: it deletes a message only once the job is done.
 */
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { type Bucket, HttpMethods, type IBucket, type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SlipwayError } from '../core/errors.ts';
import { grantExactly } from './grant.ts';
import { JobNetwork, type NetworkKind } from './job-network.ts';
import { JobWorker, type JobWorkerOptions } from './job-worker.ts';
import { accessLogBucket, acknowledgeShortLived, privateBucket } from './private-bucket.ts';
import { scaleOnQueueDepth } from './queue-scaling.ts';
import type { Stage } from './stage.ts';

export interface JobPipelineProps {
  readonly stage: Stage;
  readonly worker: JobWorkerOptions;
  /** Partition key of the table, a string. @default `job_id` */
  readonly partitionKey?: string;
  /** Attribute with the Unix second at which a record may go. @default `expires_at` */
  readonly timeToLiveAttribute?: string;
  /** Name of the index over `status` (string) and `created_at` (number). @default `by-status` */
  readonly statusIndex?: string;
  /** Objects of jobs live under this key prefix, and grants end there. @default `jobs/` */
  readonly keyPrefix?: string;
  /** Origins that may follow presigned URLs in a browser. @default none */
  readonly corsOrigins?: readonly string[];
  /** Inputs and outputs move to Glacier after this many days. Objects under 128 KB stay. @default 30 */
  readonly archiveAfterDays?: number;
  /** Inputs and outputs are deleted after this many days. @default 365 */
  readonly deleteAfterDays?: number;
  /** How long a received message stays hidden; at least as long as a job may take. @default 60 seconds */
  readonly visibilityTimeout?: Duration;
  /** Deliveries before a message goes to the dead-letter queue. @default 3 */
  readonly maxReceiveCount?: number;
  /** @default `public-subnets`: no NAT, nothing listens, nothing to pay by the hour */
  readonly network?: NetworkKind;
  /** @default a bucket of its own */
  readonly logs?: IBucket;
}

export class JobPipeline extends Construct {
  readonly inputBucket: Bucket;
  readonly outputBucket: Bucket;
  readonly table: Table;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly network: JobNetwork;
  readonly worker: JobWorker;
  /**
   * What the code is told: TABLE_NAME, INPUT_BUCKET, OUTPUT_BUCKET, QUEUE_URL. The worker gets also
   * VISIBILITY_TIMEOUT (seconds) and MAX_RECEIVE_COUNT.
   */
  readonly environment: Readonly<Record<string, string>>;
  readonly #objects: string;

  constructor(scope: Construct, id: string, props: JobPipelineProps) {
    super(scope, id);
    const logs = props.logs ?? accessLogBucket(this, 'Logs', props.stage);
    this.#objects = `${props.keyPrefix ?? 'jobs/'}*`;
    this.inputBucket = this.#bucket('Input', props, logs, [HttpMethods.PUT]);
    this.outputBucket = this.#bucket('Output', props, logs, [HttpMethods.GET, HttpMethods.HEAD]);
    this.table = this.#table(props);
    const maxReceiveCount = props.maxReceiveCount ?? 3;
    const visibilityTimeout = props.visibilityTimeout ?? Duration.seconds(60);
    this.deadLetterQueue = this.#queue('DeadLetterQueue', props.stage);
    this.queue = this.#queue('Queue', props.stage, {
      visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });
    this.environment = {
      TABLE_NAME: this.table.tableName,
      INPUT_BUCKET: this.inputBucket.bucketName,
      OUTPUT_BUCKET: this.outputBucket.bucketName,
      QUEUE_URL: this.queue.queueUrl,
    };
    this.network = new JobNetwork(this, 'Network', {
      stage: props.stage,
      kind: props.network ?? 'public-subnets',
    });
    this.worker = new JobWorker(this, 'Worker', {
      ...props.worker,
      stage: props.stage,
      network: this.network,
      environment: {
        ...this.environment,
        VISIBILITY_TIMEOUT: String(visibilityTimeout.toSeconds()),
        MAX_RECEIVE_COUNT: String(maxReceiveCount),
        ...props.worker.environment,
      },
    });
    scaleOnQueueDepth(this.worker, this.queue, props.worker);
    this.#grantWork(this.worker.taskRole);
  }

  /** For what creates jobs: write an input, create a record, send a message. */
  grantSubmit(role: IRole): void {
    grantExactly(role, ['s3:PutObject'], this.inputBucket.arnForObjects(this.#objects));
    grantExactly(role, ['dynamodb:PutItem'], this.table.tableArn);
    grantExactly(role, ['sqs:SendMessage'], this.queue.queueArn);
  }

  /** For what answers questions about jobs: read a record, sign a URL for an output. */
  grantStatus(role: IRole): void {
    grantExactly(role, ['dynamodb:GetItem'], this.table.tableArn);
    grantExactly(role, ['s3:GetObject'], this.outputBucket.arnForObjects(this.#objects));
  }

  #grantWork(worker: IRole): void {
    grantExactly(worker, ['s3:GetObject'], this.inputBucket.arnForObjects(this.#objects));
    grantExactly(worker, ['s3:PutObject'], this.outputBucket.arnForObjects(this.#objects));
    grantExactly(worker, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], this.table.tableArn);
    grantExactly(
      worker,
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      this.queue.queueArn,
    );
  }

  #bucket(id: string, props: JobPipelineProps, logs: IBucket, methods: readonly HttpMethods[]): Bucket {
    const archiveAfter = props.archiveAfterDays ?? 30;
    const deleteAfter = props.deleteAfterDays ?? 365;
    if (deleteAfter <= archiveAfter) {
      throw new SlipwayError(
        'blocks.invalid',
        `deleteAfterDays is ${deleteAfter}, which is not after archiveAfterDays (${archiveAfter}).`,
        { fix: 'Delete later than you archive.' },
      );
    }
    const old: LifecycleRule = {
      id: 'archive-then-delete',
      transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(archiveAfter) }],
      expiration: Duration.days(deleteAfter),
      noncurrentVersionExpiration: Duration.days(30),
    };
    const origins = props.corsOrigins ?? [];
    return privateBucket(this, id, {
      stage: props.stage,
      accessLogs: logs,
      versioned: true,
      // Deleting from a versioned bucket leaves a marker, which nothing else would ever remove.
      lifecycle: [old, { id: 'delete-markers', expiredObjectDeleteMarker: true }],
      cors:
        origins.length === 0
          ? undefined
          : [
              {
                allowedOrigins: [...origins],
                allowedMethods: [...methods],
                allowedHeaders: ['*'],
                maxAge: 3600,
              },
            ],
    });
  }

  #table(props: JobPipelineProps): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: props.partitionKey ?? 'job_id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      // Encrypted at rest with a key DynamoDB owns: no monthly fee, no call to KMS. It cannot be switched off.
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
      encryption: TableEncryption.DEFAULT,
      timeToLiveAttribute: props.timeToLiveAttribute ?? 'expires_at',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: props.stage.pointInTimeRecovery },
      deletionProtection: props.stage.name === 'prod',
      removalPolicy: props.stage.removalPolicy,
    });
    acknowledgeShortLived(table, props.stage);
    table.addGlobalSecondaryIndex({
      indexName: props.statusIndex ?? 'by-status',
      partitionKey: { name: 'status', type: AttributeType.STRING },
      sortKey: { name: 'created_at', type: AttributeType.NUMBER },
      projectionType: ProjectionType.ALL,
    });
    return table;
  }

  #queue(
    id: string,
    stage: Stage,
    more: Pick<QueueProps, 'visibilityTimeout' | 'deadLetterQueue'> = {},
  ): Queue {
    return new Queue(this, id, {
      ...more,
      retentionPeriod: Duration.days(14),
      receiveMessageWaitTime: Duration.seconds(20),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: stage.removalPolicy,
    });
  }
}
