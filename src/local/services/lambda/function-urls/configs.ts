/** The settings of function URLs. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
import type { Cors, CreateFunctionUrlConfigRequest, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import type { AwsError, ServiceEnvironment } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { invalidParameter, notFound } from '../errors.ts';
import { functionArn, readFunctionName, resolveVersion } from '../names.ts';
import type { UrlRecord } from '../records.ts';

export const hostOf = (env: Pick<ServiceEnvironment, 'region'>, id: string) =>
  `${id}.lambda-url.${env.region}.on.aws`;

/** The function, and the alias where there is one; versions have no URLs. */
export function urlKey(
  { env, records }: LambdaContext,
  input: { readonly FunctionName: string | undefined; readonly Qualifier?: string | undefined },
): [name: string, alias: string] {
  const name = readFunctionName(input.FunctionName, env, input.Qualifier);
  const { qualifier = '' } = name;
  if (qualifier === '$LATEST' || /^\d+$/.test(qualifier))
    throw invalidParameter('Function URLs can be made for a function or an alias, and for no version of it.');
  resolveVersion(records, env, name);
  return [name.name, qualifier];
}

export function findUrl(context: LambdaContext, input: Parameters<typeof urlKey>[1]): UrlRecord {
  const found = context.records.urls.get(urlKey(context, input));
  if (!found) throw notFound('The resource you requested does not exist.');
  return found;
}

/** Limits of https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html that its model does not say. */
export function* corsProblems(cors: Cors | undefined): Generator<AwsError> {
  for (const origin of cors?.AllowOrigins ?? [])
    if (origin !== '*' && !/^[a-z][a-z0-9+.-]*:\/\/[^/\s]+$/i.test(origin))
      yield invalidParameter(`Invalid CORS origin: ${origin}`);
  if (cors?.AllowCredentials && cors.AllowOrigins?.includes('*'))
    yield invalidParameter('AllowCredentials cannot be used with the origin *.');
}

/** An empty Cors takes it away. */
export const corsOf = (cors: Cors | undefined): Cors | undefined =>
  cors && Object.keys(cors).length > 0 ? cors : undefined;

export function shownUrl({ env }: LambdaContext, url: UrlRecord) {
  return {
    FunctionUrl: `https://${hostOf(env, url.id)}/`,
    FunctionArn: functionArn(env, url.function, url.alias || undefined),
    AuthType: url.authType,
    Cors: url.cors,
    CreationTime: new Date(url.createdAt).toISOString(),
    LastModifiedTime: new Date(url.modifiedAt).toISOString(),
    InvokeMode: url.invokeMode,
  } satisfies FunctionUrlConfig;
}

/** Host names are made of letters and digits. */
export const newUrlId = (env: Pick<ServiceEnvironment, 'randomId'>): string =>
  `${'abcdefghijklmnop'[Number.parseInt(env.randomId(1), 16)]}${BigInt(`0x${env.randomId(40)}`)
    .toString(36)
    .slice(0, 30)}`
    .padEnd(32, '0')
    .slice(0, 32);

export const newUrl = (
  { env }: LambdaContext,
  [name, alias]: readonly [string, string],
  input: CreateFunctionUrlConfigRequest,
): UrlRecord => ({
  id: newUrlId(env),
  function: name,
  alias,
  authType: input.AuthType ?? 'AWS_IAM',
  invokeMode: input.InvokeMode ?? 'BUFFERED',
  cors: corsOf(input.Cors),
  createdAt: env.clock.now(),
  modifiedAt: env.clock.now(),
});
