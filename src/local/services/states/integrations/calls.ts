/** The calls that tasks make, with the permissions of the machine's role, by their integration. */

import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import type { ScopedInvoke, ServiceId } from '../../../invoke.ts';
import type {
  DataPlaneRequest,
  FoundOperation,
  ServiceEnvironment,
  SessionCredentials,
} from '../../../service.ts';
import { StateFailure } from '../language/failure.ts';
import { toInput, toJson } from './convert.ts';
import { functionFailure, serviceFailure } from './errors.ts';
import type { ServiceResource } from './resource.ts';
import { optimisedServices, sdkServices } from './sdk-services.ts';

export interface CallContext {
  readonly env: ServiceEnvironment;
  /** Undefined when the cloud does not have it. */
  findOperation(service: ServiceId, operation: string): Promise<FoundOperation | undefined>;
}

/** As operations are kept: without their types. */
type AnyInvoke = (service: string, operation: string, input: object) => Promise<object>;

const operationName = (action: string) => action.charAt(0).toUpperCase() + action.slice(1);

export const serviceIdOf = ({
  sdk,
  service,
}: Pick<ServiceResource, 'sdk' | 'service'>): ServiceId | undefined =>
  (sdk ? sdkServices[service] : optimisedServices[service])?.id;

export const errorPrefix = ({ sdk, service }: Pick<ServiceResource, 'sdk' | 'service'>): string =>
  (sdk ? sdkServices[service] : optimisedServices[service])?.prefix ?? service;

/** A call that changes nothing may be made again when its answer was lost. */
export const onlyReads = ({ action }: ServiceResource): boolean =>
  /^(?:get|list|describe|query|scan|head|batchGet|lookup|search|select)/.test(action);

export async function callService(
  context: CallContext,
  resource: ServiceResource,
  parameters: Json,
  as: ScopedInvoke,
  /** The ARNs of the execution and its machine. */
  origin: readonly string[] = [],
): Promise<Json> {
  const { action } = resource;
  const id = serviceIdOf(resource);
  const name = operationName(action);
  const known = id && (await context.findOperation(id, name));
  if (!id || !known)
    throw new StateFailure('States.Runtime', `Slipway does not support ${resource.type}:${action}.`);
  const requestId = context.env.uuid();
  try {
    const input = toInput(known.shape.input, prepared(resource, parameters, origin));
    const output = await (as as unknown as AnyInvoke)(id, name, input as object);
    return await answerOf(resource, known, output, requestId);
  } catch (error) {
    throw serviceFailure(error, resource, known.errors, requestId);
  }
}

/** An answer that was kept when the cloud stopped. */
export async function readAnswer(
  context: CallContext,
  resource: ServiceResource,
  output: object,
): Promise<Json> {
  const id = serviceIdOf(resource);
  const known = id && (await context.findOperation(id, operationName(resource.action)));
  if (!known)
    throw new StateFailure('States.Runtime', `Slipway does not support ${resource.type}:${resource.action}.`);
  return answerOf(resource, known, output, context.env.uuid());
}

async function answerOf(
  { sdk, service }: ServiceResource,
  { shape }: FoundOperation,
  output: object,
  requestId: string,
): Promise<Json> {
  if (!sdk && service === 'lambda') return lambdaAnswer(output, requestId);
  const json = (await toJson(shape.output, output, sdk ? 'text' : 'number')) as JsonObject;
  if (sdk) return json;
  if (service === 'events') checkEntries(json);
  return { ...json, ...metadata(requestId) };
}

/** What optimised integrations tell of the call itself. */
const metadata = (requestId: string): JsonObject => ({
  SdkHttpMetadata: {
    AllHttpHeaders: { 'x-amzn-RequestId': [requestId] },
    HttpHeaders: { 'x-amzn-RequestId': requestId },
    HttpStatusCode: 200,
  },
  SdkResponseMetadata: { RequestId: requestId },
});

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
function lambdaAnswer(output: object, requestId: string): Json {
  const { Payload, FunctionError, ExecutedVersion, StatusCode } = output as {
    readonly Payload?: Uint8Array;
    readonly FunctionError?: string;
    readonly ExecutedVersion?: string;
    readonly StatusCode?: number;
  };
  const text = Payload ? Buffer.from(Payload).toString() : '';
  if (FunctionError) throw functionFailure(text);
  return {
    ...(ExecutedVersion ? { ExecutedVersion } : {}),
    Payload: text === '' ? {} : (JSON.parse(text) as Json),
    ...metadata(requestId),
    StatusCode: StatusCode ?? 200,
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html: one entry that failed fails the task. */
function checkEntries(json: JsonObject): void {
  const { FailedEntryCount: failed, Entries: entries } = json;
  if (typeof failed === 'number' && failed > 0 && Array.isArray(entries))
    throw new StateFailure('EventBridge.FailedEntry', JSON.stringify(json));
}

/** Members that an integration fills itself. */
function prepared(
  { sdk, service, action }: ServiceResource,
  parameters: Json,
  origin: readonly string[],
): Json {
  if (sdk || !isJsonObject(parameters)) return parameters;
  if (service === 'lambda') return { ...parameters, Payload: JSON.stringify(parameters.Payload ?? {}) };
  // https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
  if (service === 'events' && Array.isArray(parameters.Entries))
    return {
      ...parameters,
      Entries: parameters.Entries.map((entry: Json) =>
        isJsonObject(entry)
          ? { ...entry, Resources: [...(Array.isArray(entry.Resources) ? entry.Resources : []), ...origin] }
          : entry,
      ),
    };
  // https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
  if (service === 'states' && action === 'startExecution' && parameters.Input === undefined)
    return { ...parameters, Input: {} };
  return parameters;
}

/** A function named by its ARN alone: the task's input is its event, its answer the result. */
export async function callFunction(
  { env }: CallContext,
  arn: string,
  input: Json,
  as: ScopedInvoke,
): Promise<Json> {
  const requestId = env.uuid();
  try {
    const { Payload, FunctionError } = await as('lambda', 'Invoke', {
      FunctionName: arn,
      Payload: new TextEncoder().encode(JSON.stringify(input)),
    });
    const text = Payload ? Buffer.from(Payload as Uint8Array).toString() : '';
    if (FunctionError) throw functionFailure(text);
    return text === '' ? {} : (JSON.parse(text) as Json);
  } catch (error) {
    throw serviceFailure(error, { sdk: false, service: 'lambda' }, lambdaErrors, requestId);
  }
}

const lambdaErrors = new Set([
  ...[
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'ServiceException',
    'ResourceNotReadyException',
  ],
  ...['InvalidParameterValueException', 'RequestTooLargeException', 'InvalidRequestContentException'],
]);

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html */
export async function callApi(
  { env }: CallContext,
  parameters: Json,
  credentials: () => Promise<SessionCredentials>,
): Promise<Json> {
  const given = isJsonObject(parameters) ? parameters : {};
  const {
    ApiEndpoint,
    Method,
    Stage,
    Path = '',
    QueryParameters,
    Headers,
    RequestBody,
    AuthType = 'NO_AUTH',
  } = given;
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(isJsonObject(QueryParameters) ? QueryParameters : {}))
    for (const value of Array.isArray(values) ? values : [values]) query.append(name, String(value));
  const path = `${Stage === undefined ? '' : `/${String(Stage)}`}/${String(Path).replace(/^\//, '')}`;
  const body =
    RequestBody === undefined
      ? Buffer.alloc(0)
      : Buffer.from(typeof RequestBody === 'string' ? RequestBody : JSON.stringify(RequestBody));
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, values] of Object.entries(isJsonObject(Headers) ? Headers : {}))
    headers[name.toLowerCase()] = (Array.isArray(values) ? values : [values]).join(',');
  const host = String(ApiEndpoint).replace(/^https?:\/\//, '');
  const request: DataPlaneRequest = {
    host,
    url: query.size > 0 ? `${path}?${query}` : path,
    method: String(Method),
    headers: { ...headers, host },
    body,
    sourceIp: '127.0.0.1',
  };
  // With a policy on the API itself, requests are signed as well.
  const answer = await env.fetch(
    AuthType === 'NO_AUTH' ? request : env.signed(request, 'execute-api', await credentials()),
  );
  const parts: Uint8Array[] = [];
  if (Buffer.isBuffer(answer.body)) parts.push(answer.body);
  else for await (const part of answer.body) parts.push(part as Uint8Array);
  const text = Buffer.concat(parts).toString();
  const type = String(answer.headers['content-type'] ?? '');
  const said = type.includes('json') && text !== '' ? readBody(text) : text;
  if (answer.status >= 400)
    throw new StateFailure(
      `ApiGateway.${answer.status}`,
      typeof said === 'string' ? said : JSON.stringify(said),
    );
  return {
    Headers: Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value : [String(value)],
      ]),
    ),
    ResponseBody: said,
    StatusCode: answer.status,
    StatusText: answer.status === 200 ? 'OK' : String(answer.status),
  };
}

function readBody(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
