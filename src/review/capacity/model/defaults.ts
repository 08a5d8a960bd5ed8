/**
 * Figures that no template holds, each with its page or marked assumed. One constant per figure: a better source is a
 * one-line change, and the stated load replaces any of them.
 */
import type { Distribution, Sourced } from '../simulator/model.ts';
import { assumed, assumedTimes, stated } from './context.ts';

const stateIt = 'assumed; state it under load.work';

/** A function's own work: nobody but its author knows it. */
export const functionTime = assumedTimes(0.1, 0.3, stateIt);
/** No distribution of cold starts is published by AWS; runtimes with a virtual machine take longer. */
export const coldStart = (runtime: string | undefined): Distribution =>
  /^(java|dotnet)/.test(runtime ?? '') ? assumedTimes(2, 4, stateIt) : assumedTimes(0.4, 1, stateIt);
/** The time of one job or request in a task. */
export const workTime = assumedTimes(1, 3, stateIt);
export const requestTime = assumedTimes(0.1, 0.3, stateIt);
export const jobsAtOnce: Sourced = assumed(
  1,
  'one job at a time in a task; state concurrency under load.work',
);
export const requestsAtOnce: Sourced = assumed(
  10,
  'ten requests at once in a task; state concurrency under load.work',
);

/** Measured on Fargate, 53 to 62 s with an image of 413 MB; the template does not say how large this image is. */
export const fargateStart: Distribution = {
  kind: 'uniform',
  min: assumed(53, 'measured with a 413 MB image in 2024 (elasticscale.com); state startUp under load.work'),
  max: assumed(62, 'measured with a 413 MB image in 2024 (elasticscale.com); state startUp under load.work'),
};
/** A task on instances that already run: scheduling and image pull. */
export const taskOnInstanceStart = assumedTimes(
  20,
  45,
  `scheduling and image pull on a running instance, ${stateIt}`,
);
export const instanceStart = assumedTimes(120, 240, `EC2 boot and start of the service, ${stateIt}`);
export const gpuStart = assumedTimes(300, 480, `GPU instance boot, image pull and model load, ${stateIt}`);
export const endpointStart = assumedTimes(300, 600, `SageMaker instance start and model load, ${stateIt}`);
export const inferenceTime = assumedTimes(0.2, 0.6, stateIt);

/** "Consistent single-digit millisecond": https://aws.amazon.com/dynamodb/ ; the distribution is assumed. */
export const tableRead = assumedTimes(
  0.004,
  0.01,
  `single-digit milliseconds by AWS's description, ${stateIt}`,
);
export const tableWrite = assumedTimes(
  0.006,
  0.015,
  `single-digit milliseconds by AWS's description, ${stateIt}`,
);
export const queryTime = assumedTimes(0.005, 0.025, `a short indexed query, ${stateIt}`);
export const connectionsEach: Sourced = assumed(
  1,
  'one connection for each environment or task; state connectionsPerClient under load.work',
);

const gateway = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
export const gatewayRate = stated(10_000, gateway);
export const gatewayBurst = stated(5_000, gateway);
export const restTimeout = stated(29, gateway);
export const httpTimeout = stated(
  30,
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
);
/** The gateway's own part of an answer. */
export const gatewayOverhead = assumedTimes(0.005, 0.015, stateIt);

const lambda =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html';
export const functionTimeout = stated(3, lambda);
export const functionMemory = stated(128, lambda);
export const accountConcurrency = stated(
  1_000,
  'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, the default quota',
);
const keepWarmText =
  'AWS does not publish how long an idle environment stays; state keepWarm under load.work';
export const keepWarm = assumed(420, keepWarmText);
const retries = 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html';
export const asyncRetries = stated(2, retries);
export const asyncAge = stated(21_600, retries);

const queue =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html';
export const visibilityTimeout = stated(30, queue);
export const retention = stated(345_600, queue);
export const delay = stated(0, queue);
const mapping =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html';
export const batchSize = stated(10, mapping);
export const batchWindow = stated(0, mapping);

const ecs =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-containerdefinition.html';
export const stopTimeout = stated(30, ecs);
const scaling =
  'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html';
export const scalingCooldown = stated(300, scaling);
export const balancerTimeout = stated(
  60,
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, the default idle timeout',
);

const onDemand =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html, a new table';
export const onDemandReads = stated(12_000, onDemand);
export const onDemandWrites = stated(4_000, onDemand);
/** Unused capacity of the last five minutes: burst-adaptive-capacity.html */
export const burstSeconds = 300;
export const burstSource =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html: 300 s of unused capacity';
