/**
 * Custom resources backed by a function: it is called with the request, and answers on the response URL.
 * A function that fails without having answered fails the resource at once, instead of after an hour as on AWS.
 * Topics as service tokens are refused by name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */

import { parseArn } from '../../../../core/arn.ts';
import { reasonOf } from '../../../../core/events.ts';
import { isObject } from '../../../../core/is-object.ts';
import {
  type Invoke,
  type ResourceRequest,
  type ResourceState,
  type ResourceType,
  resourceType,
} from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { ResourceFailure } from '../errors.ts';
import type { Answer } from '../responses.ts';

interface CustomProperties {
  readonly ServiceToken: string;
  readonly ServiceTimeout?: number | string;
  readonly [name: string]: unknown;
}

interface Payload {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly OldResourceProperties?: unknown;
}

export function functionBacked(context: CloudFormationContext, type: string): ResourceType {
  const call = (request: ResourceRequest<CustomProperties>, payload: Payload) =>
    ask(context, type, request, payload);
  return resourceType<CustomProperties>({
    type,
    mode: 'live',
    honoured: [],
    async create(request) {
      const answer = await call(request, { RequestType: 'Create' });
      return read(answer, undefined);
    },
    async update(request) {
      const answer = await call(request, {
        RequestType: 'Update',
        PhysicalResourceId: request.physicalId,
        OldResourceProperties: asTexts(request.previous),
      });
      return read(answer, request.physicalId);
    },
    async delete(request) {
      read(
        await call(request, { RequestType: 'Delete', PhysicalResourceId: request.physicalId }),
        request.physicalId,
      );
    },
  });
}

/**
 * The CDK's AwsCustomResource would install the newest SDK before each call. Functions here are brought the one that this
 * machine has, and an installation where npm's registry cannot be reached takes longer than the function may run.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html#installlatestawssdk
 */
const withoutInstallation = (properties: unknown): unknown =>
  isObject(properties) && 'InstallLatestAwsSdk' in properties
    ? { ...properties, InstallLatestAwsSdk: 'false' }
    : properties;

function read(answer: Answer, known: string | undefined): ResourceState {
  const { Status, Reason, PhysicalResourceId, Data } = answer;
  const physicalId =
    typeof PhysicalResourceId === 'string' && PhysicalResourceId !== '' ? PhysicalResourceId : undefined;
  if (Status !== 'SUCCESS')
    throw new ResourceFailure(
      `Received response status [${String(Status)}] from custom resource. Message returned: ${String(Reason ?? '')}`,
      known === undefined ? physicalId : undefined,
    );
  const id = physicalId ?? known;
  if (id === undefined) throw new ResourceFailure('Invalid PhysicalResourceId: the response has none');
  return {
    physicalId: id,
    attributes: typeof Data === 'object' && Data !== null ? (Data as Record<string, unknown>) : {},
  };
}

export const serviceTokenProblem = (token: string): Error | undefined =>
  parseArn(token)?.service === 'lambda'
    ? undefined
    : new Error(`Slipway does not support the ServiceToken ${token}: it must be the ARN of a function`);

/** Most functions have answered by then. */
const slowMs = 5000;

async function ask(
  context: CloudFormationContext,
  type: string,
  request: ResourceRequest<CustomProperties>,
  payload: Payload,
): Promise<Answer> {
  const { properties, invoke, signal } = request;
  const token = properties.ServiceToken;
  const problem = serviceTokenProblem(token);
  if (problem) throw problem;
  const seconds = Number(properties.ServiceTimeout ?? 3600);
  const timeout = new AbortController();
  const response = context.responses.expect(AbortSignal.any([signal, timeout.signal]));
  const timer = context.env.clock.after(seconds * 1000, () => timeout.abort());
  const slow = context.env.clock.after(slowMs, () =>
    request.progress(`waits up to ${seconds} s for the answer of ${token}`),
  );
  const event = {
    ServiceToken: token,
    ...payload,
    ResponseURL: response.url,
    StackId: request.stackId,
    RequestId: context.env.uuid(),
    LogicalResourceId: request.logicalId,
    ResourceType: type,
    ResourceProperties: withoutInstallation(asTexts(properties)),
  };
  try {
    const failed = invokeFunction(invoke, token, event);
    return await Promise.race([response.answer, failed]);
  } catch (error) {
    if (timeout.signal.aborted)
      throw new Error(
        `CloudFormation did not receive a response from your Custom Resource within ${seconds} seconds. Please check your logs for requestId [${event.RequestId}].`,
      );
    throw error;
  } finally {
    timer.cancel();
    slow.cancel();
    response.close();
    response.answer.catch(() => {});
  }
}

/** Never resolves: the answer comes on the URL. Rejects when the function cannot be called, or failed. */
async function invokeFunction(invoke: Invoke, token: string, event: object): Promise<never> {
  const result = await invoke('lambda', 'Invoke', {
    FunctionName: token,
    InvocationType: 'RequestResponse',
    Payload: Buffer.from(JSON.stringify(event)),
  });
  if (result.FunctionError) {
    const text = Buffer.from(result.Payload ?? []).toString();
    throw new Error(`The function of the custom resource failed without a response: ${errorIn(text)}`);
  }
  return new Promise<never>(() => {});
}

function errorIn(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
    return [errorType, errorMessage].filter(Boolean).join(': ') || payload;
  } catch (error) {
    return payload || reasonOf(error);
  }
}

/** CloudFormation hands numbers and booleans to functions as text. */
function asTexts(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asTexts(item)]));
  return value;
}
