/**
 * What a Task's Resource names: a function, an activity, one of the optimised integrations, or any call of an AWS API.
 * https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */

export type Pattern = 'request' | 'sync' | 'sync:2' | 'waitForTaskToken';

export type TaskResource =
  | { readonly kind: 'function'; readonly arn: string }
  | { readonly kind: 'activity'; readonly arn: string }
  | ServiceResource;

export interface ServiceResource {
  readonly kind: 'service';
  /** As the history shows it: `lambda`, `aws-sdk:dynamodb`. */
  readonly type: string;
  /** As the history shows it: `invoke.waitForTaskToken`. */
  readonly name: string;
  readonly sdk: boolean;
  /** The service in the name of the integration: `lambda`, `cloudwatchlogs`. */
  readonly service: string;
  /** `invoke`. */
  readonly action: string;
  readonly pattern: Pattern;
}

interface Optimised {
  readonly patterns: readonly Pattern[];
}

/** Optimised integrations that run here. */
const optimised: Readonly<Record<string, Optimised>> = {
  'lambda:invoke': { patterns: ['request', 'waitForTaskToken'] },
  'sqs:sendMessage': { patterns: ['request', 'waitForTaskToken'] },
  'sns:publish': { patterns: ['request', 'waitForTaskToken'] },
  'dynamodb:getItem': { patterns: ['request'] },
  'dynamodb:putItem': { patterns: ['request'] },
  'dynamodb:updateItem': { patterns: ['request'] },
  'dynamodb:deleteItem': { patterns: ['request'] },
  'events:putEvents': { patterns: ['request', 'waitForTaskToken'] },
  'states:startExecution': { patterns: ['request', 'sync', 'sync:2', 'waitForTaskToken'] },
  'ecs:runTask': { patterns: ['request', 'sync', 'waitForTaskToken'] },
  'apigateway:invoke': { patterns: ['request', 'waitForTaskToken'] },
};

/** Those that AWS has besides. */
const elsewhere = new Set([
  ...['athena', 'batch', 'bedrock', 'codebuild', 'databrew', 'eks', 'elasticmapreduce', 'emr-containers'],
  ...['emr-serverless', 'glue', 'http', 'mediaconvert', 'sagemaker', 'neptune-data'],
]);

const functionArn = /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
const activityArn = /^arn:aws[\w-]*:states:[a-z0-9-]+:\d{12}:activity:[^\s:]+$/;
const serviceArn =
  /^arn:aws[\w-]*:states:[a-z0-9-]*:\d*:(aws-sdk:)?([a-z][a-z0-9-]*):([a-zA-Z0-9]+)(?:\.(sync(?::2)?|waitForTaskToken))?$/;

/** @returns undefined for what is no resource of a task */
export function readResource(text: string): TaskResource | undefined {
  if (functionArn.test(text)) return { kind: 'function', arn: text };
  if (activityArn.test(text)) return { kind: 'activity', arn: text };
  const [, sdk, service = '', action = '', pattern] = serviceArn.exec(text) ?? [];
  if (!service) return undefined;
  return {
    kind: 'service',
    type: sdk ? `aws-sdk:${service}` : service,
    name: pattern ? `${action}.${pattern}` : action,
    sdk: sdk !== undefined,
    service,
    action,
    pattern: (pattern as Pattern | undefined) ?? 'request',
  };
}

const unrecognised = (text: string) =>
  `The resource provided ${text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;

/** What AWS finds wrong with a resource. */
export function resourceProblem(text: string, express: boolean): string | undefined {
  const resource = readResource(text);
  if (!resource) return unrecognised(text);
  if (resource.kind === 'function') return undefined;
  if (resource.kind === 'activity')
    return express ? 'Express state machine does not support Activity ARN' : undefined;
  const { sdk, service, action, pattern } = resource;
  if (express && pattern !== 'request')
    return pattern === 'waitForTaskToken'
      ? "Express state machine does not support '.waitForTaskToken' service integration "
      : "Express state machine does not support '.sync' service integration";
  if (sdk) return pattern === 'request' || pattern === 'waitForTaskToken' ? undefined : unrecognised(text);
  if (elsewhere.has(service)) return undefined;
  const found = optimised[`${service}:${action}`];
  return found?.patterns.includes(pattern) ? undefined : unrecognised(text);
}

/** What AWS has and this cloud has not. */
export function refusedResource(text: string): string | undefined {
  const resource = readResource(text);
  if (resource?.kind !== 'service' || resource.sdk || !elsewhere.has(resource.service)) return undefined;
  return `the Step Functions integration ${resource.type}:${resource.name}`;
}
