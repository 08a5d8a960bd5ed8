/** Room detection: page → API → two functions → queue → worker, all from Slipway's blocks. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { JobPipeline, JsonFunction, JsonRestApi, Operations, type Stage, StaticSite } from 'slipway/blocks';
import { createJobBody } from './create-job-body.ts';

export interface RoomDetectionProps extends StackProps {
  readonly stage: Stage;
  /** Ask callers for an API key. The page has none to offer, so it stops working for everyone else. */
  readonly apiKey: boolean;
  /** Who is written to when an alarm fires or the budget is near. */
  readonly alarmEmail?: string;
  /** Where `npm run build` put the page and the worker. @default `build` in the system's folder */
  readonly buildFolder?: string;
}

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export class RoomDetectionStack extends Stack {
  constructor(scope: Construct, id: string, props: RoomDetectionProps) {
    super(scope, id, { terminationProtection: props.stage.terminationProtection, ...props });
    const { stage } = props;
    const build = props.buildFolder ?? here('build');
    const s3 = `https://*.s3.${this.region}.${this.urlSuffix}`;
    const site = new StaticSite(this, 'Site', {
      stage,
      folder: join(build, 'page'),
      // Presigned URLs of results. Naming the one bucket would be a circle: its CORS rule names this site.
      connectSources: stage.name === 'dev' ? [s3, ...thisMachine] : [s3],
    });
    const jobs = new JobPipeline(this, 'Jobs', {
      stage,
      logs: site.logs,
      corsOrigins: stage.name === 'dev' ? [site.url, 'http://*'] : [site.url],
      worker: {
        imageFolder: join(build, 'worker'),
        healthCheck: ['CMD', 'node', 'worker.mjs', '--health'],
        environment: { PORT: '8080', METRICS_NAMESPACE: metricsNamespace(stage) },
      },
    });
    const api = new JsonRestApi(this, 'Api', {
      stage,
      name: `room-detection-${stage.name}`,
      description: 'Takes floor plans and answers how their jobs are doing',
      allowOrigin: site.url,
      apiKey: props.apiKey ? { rateLimit: 10, burstLimit: 50, quotaPerDay: 10_000 } : undefined,
    });
    const environment = {
      ...jobs.environment,
      ALLOWED_ORIGIN: site.url,
      METRICS_NAMESPACE: metricsNamespace(stage),
    };
    const createJob = new JsonFunction(this, 'CreateJob', {
      stage,
      entry: here('functions/create-job.ts'),
      description: 'create-room-detection-job: stores the plan, records the job, queues it',
      environment,
    });
    const getJobStatus = new JsonFunction(this, 'GetJobStatus', {
      stage,
      entry: here('functions/get-job-status.ts'),
      description: 'get-room-detection-status: reads the job, signs the URL of its result',
      environment,
    });
    jobs.grantSubmit(createJob.role);
    jobs.grantStatus(getJobStatus.role);
    api.route('POST', '/jobs', createJob.function, { body: createJobBody });
    api.route('GET', '/jobs/{job_id}', getJobStatus.function);
    site.addApi(['/jobs', '/jobs/*'], api);

    new Operations(this, 'Operations', {
      pipeline: jobs,
      api,
      functions: [createJob, getJobStatus],
      site,
      metricsNamespace: metricsNamespace(stage),
      email: props.alarmEmail,
      monthlyBudgetUsd: monthlyBudgetUsd[stage.name],
    });

    const outputs: Readonly<Record<string, string>> = {
      SiteUrl: site.url,
      ApiUrl: api.api.url,
      TableName: jobs.table.tableName,
      InputBucketName: jobs.inputBucket.bucketName,
      OutputBucketName: jobs.outputBucket.bucketName,
      QueueUrl: jobs.queue.queueUrl,
      DeadLetterQueueUrl: jobs.deadLetterQueue.queueUrl,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

/** In dev the page may also follow presigned URLs of a cloud on this machine. */
const thisMachine = ['http://localhost:*', 'http://*.localhost:*', 'http://127.0.0.1:*'] as const;

/** About twice what a month is expected to cost: 10,000 plans in prod, a few elsewhere. */
const monthlyBudgetUsd: Readonly<Record<Stage['name'], number>> = { dev: 20, staging: 20, prod: 100 };

const metricsNamespace = (stage: Stage): string => `RoomDetection/${stage.name}`;
