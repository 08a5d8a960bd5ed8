/** What API Gateway's operations share, and how they find what they work on. */
import { formatArn } from '../../../core/arn.ts';
import type { AccessCheck, ServiceEnvironment } from '../../service.ts';
import { notFound } from './errors.ts';
import type {
  ApiRecord,
  AuthorizerRecord,
  GatewayRecords,
  MethodRecord,
  ResourceRecord,
  StageRecord,
} from './records.ts';

export interface GatewayContext {
  readonly env: ServiceEnvironment;
  readonly records: GatewayRecords;
  /** A stage, its deployment, a key or a plan changed: the data plane reads them again. */
  changed(): void;
}

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-manage-apis.html */
export const access = ({ env }: GatewayContext, verb: Verb, path: string): AccessCheck => ({
  action: `apigateway:${verb}`,
  resource: formatArn({ service: 'apigateway', region: env.region, resource: path }),
});

/** Ids as AWS makes them: ten characters, lower case and digits. */
export const newId = (env: Pick<ServiceEnvironment, 'randomId'>, length = 10): string => {
  const number = BigInt(`0x${env.randomId(length * 2)}`).toString(36);
  // The first is a letter, so that an API's id can begin a host name.
  return `${'abcdefghijklmnop'[Number.parseInt(env.randomId(1), 16)]}${number.slice(-(length - 1))}`;
};

export function findApi({ records }: GatewayContext, id: string | undefined): ApiRecord {
  const api = records.apis.get(id ?? '');
  if (!api) throw notFound('API');
  return api;
}

export function findResource(
  context: GatewayContext,
  apiId: string | undefined,
  id: string | undefined,
): ResourceRecord {
  findApi(context, apiId);
  const resource = context.records.resources.get([apiId ?? '', id ?? '']);
  if (!resource) throw notFound('Resource');
  return resource;
}

export function findAuthorizer(
  context: GatewayContext,
  apiId: string | undefined,
  id: string | undefined,
): AuthorizerRecord {
  findApi(context, apiId);
  const authorizer = context.records.authorizers.get([apiId ?? '', id ?? '']);
  if (!authorizer) throw notFound('Authorizer');
  return authorizer;
}

interface MethodAddress {
  readonly restApiId: string | undefined;
  readonly resourceId: string | undefined;
  readonly httpMethod: string | undefined;
}

export const methodPath = (at: MethodAddress) =>
  `/restapis/${at.restApiId}/resources/${at.resourceId}/methods/${at.httpMethod}`;

export function findMethod(context: GatewayContext, at: MethodAddress): MethodRecord {
  const method = findResource(context, at.restApiId, at.resourceId).methods[at.httpMethod ?? ''];
  if (!method) throw notFound('Method');
  return method;
}

/** Puts a changed method back in its place; `undefined` removes it. */
export function putMethodRecord(
  context: GatewayContext,
  at: MethodAddress,
  method: MethodRecord | undefined,
): void {
  const resource = findResource(context, at.restApiId, at.resourceId);
  const { [at.httpMethod ?? '']: _, ...others } = resource.methods;
  context.records.resources.put([at.restApiId ?? '', resource.id], {
    ...resource,
    methods: method ? { ...others, [method.httpMethod]: method } : others,
  });
}

export function findStage(
  context: GatewayContext,
  apiId: string | undefined,
  name: string | undefined,
): StageRecord {
  findApi(context, apiId);
  const stage = context.records.stages.get([apiId ?? '', name ?? '']);
  if (!stage) throw notFound('Stage');
  return stage;
}
