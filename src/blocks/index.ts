/** `slipway/blocks`: CDK constructs with production defaults, made small by a stage. */
export { type Acknowledged, acknowledge } from './acknowledge.ts';
export { grantExactly } from './grant.ts';
export { JobNetwork, type JobNetworkProps, type NetworkKind } from './job-network.ts';
export { JobPipeline, type JobPipelineProps } from './job-pipeline.ts';
export { JobWorker, type JobWorkerOptions, type JobWorkerProps } from './job-worker.ts';
export { JsonFunction, type JsonFunctionProps } from './json-function.ts';
export {
  type HttpMethod,
  JsonRestApi,
  type JsonRestApiProps,
  type RouteOptions,
  type UsageLimits,
} from './json-rest-api.ts';
export { Operations } from './operations.ts';
export type { OperationsProps } from './operations-props.ts';
export { accessLogBucket, type PrivateBucketOptions, privateBucket } from './private-bucket.ts';
export { type QueueScalingOptions, scaleOnQueueDepth } from './queue-scaling.ts';
export { type Stage, type StageName, stageNames, stageOf } from './stage.ts';
export { StaticSite, type StaticSiteProps } from './static-site.ts';
export { type SystemTags, tagSystem } from './tags.ts';
