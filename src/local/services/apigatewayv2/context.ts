/** What the operations of HTTP APIs share, and how they find what they work on. */
import { formatArn } from '../../../core/arn.ts';
import type { AccessCheck, ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { autoDeploy } from './deploy.ts';
import { notFound } from './errors.ts';
import type { ApiRecord, HttpApiRecords } from './records.ts';

export interface HttpApiContext {
  readonly env: ServiceEnvironment;
  readonly records: HttpApiRecords;
  /** The data plane reads the API again. */
  served(apiId: string): void;
}

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
export const access = ({ env }: HttpApiContext, verb: Verb, path: string): AccessCheck => ({
  action: `apigateway:${verb}`,
  resource: formatArn({ service: 'apigateway', region: env.region, resource: path }),
});

/** Ids as AWS makes them: lower case and digits, the first a letter, so that an API's id can begin a host name. */
export const newId = (env: Pick<ServiceEnvironment, 'randomId'>, length: number): string => {
  const number = BigInt(`0x${env.randomId(length * 2)}`).toString(36);
  return `${'abcdefghijklmnop'[Number.parseInt(env.randomId(1), 16)]}${number.slice(-(length - 1))}`;
};

export function findApi({ records }: HttpApiContext, id: string | undefined): ApiRecord {
  const api = records.apis.get(id ?? '');
  if (!api) throw notFound('API', id);
  return api;
}

/** A route, integration, … of an API. */
export function findPart<R>(
  context: HttpApiContext,
  collection: Collection<R>,
  what: string,
  apiId: string | undefined,
  id: string | undefined,
): R {
  const api = findApi(context, apiId);
  const found = collection.get([api.ApiId, id ?? '']);
  if (!found) throw notFound(what, id);
  return found;
}

/** What is edited is deployed at once to the stages with AutoDeploy. */
export function edited(context: HttpApiContext, apiId: string): void {
  autoDeploy(context, apiId, newId(context.env, 6));
  context.served(apiId);
}

/** The record with what the input gives in place of what it had; empty text removes. */
export function merged<R extends object>(before: R, given: Partial<R>): R {
  const entries = Object.entries({ ...before, ...definedOf(given) });
  return Object.fromEntries(entries.filter(([, value]) => value !== '')) as R;
}

const definedOf = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
