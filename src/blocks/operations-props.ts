/** What the operations block is given, and the metrics of the jobs it watches. */
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import type { JobPipeline } from './job-pipeline.ts';
import type { JsonFunction } from './json-function.ts';
import type { JsonRestApi } from './json-rest-api.ts';
import type { StaticSite } from './static-site.ts';

export interface OperationsProps {
  readonly pipeline: JobPipeline;
  readonly api: JsonRestApi;
  readonly functions: readonly JsonFunction[];
  /**
   * Watched for answers of 5xx. CloudFront's metrics are in us-east-1, so a stack in another region refuses it.
   * @default no alarm on the site
   */
  readonly site?: StaticSite;
  /** CloudWatch namespace the job metrics are written to. */
  readonly metricsNamespace: string;
  /** Receives alarms and budget notices; AWS asks it to confirm. @default nobody, the topic only */
  readonly email?: string;
  /** US dollars a month; notice at 80 % spent and at 100 % forecast. @default no budget */
  readonly monthlyBudgetUsd?: number;
  /** Failed jobs, in percent of finished ones over five minutes. @default 5 */
  readonly maxErrorPercent?: number;
  /** 95th percentile over five minutes. @default 30 seconds */
  readonly maxProcessingTime?: Duration;
  /** Waiting messages, for three minutes on end. @default 100 */
  readonly maxQueueDepth?: number;
}

export interface JobMetrics {
  readonly created: IMetric;
  readonly completed: IMetric;
  readonly failed: IMetric;
  readonly errorPercent: IMetric;
  processingTime(statistic: string): IMetric;
}
