/** What of a stage may be set and changed. Caches, canaries, client certificates and web ACLs are refused by name. */
import type { CreateStageRequest, MethodSetting, UpdateStageRequest } from '@aws-sdk/client-api-gateway';
import { type AwsError, throwFirst, thrownBy, unsupported } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { badRequest } from './errors.ts';
import { applyPatches, isTrue, type Patch, patchMap } from './patch.ts';
import type { StageRecord } from './records.ts';

export const newStage = (name: string, now: number): StageRecord => ({
  name,
  deploymentId: '',
  variables: {},
  methodSettings: {},
  tracingEnabled: false,
  tags: {},
  createdAt: now,
  updatedAt: now,
});

export function* stageProblems(
  input: Pick<CreateStageRequest, 'cacheClusterEnabled' | 'variables'> & {
    readonly canarySettings?: unknown;
  },
): Generator<AwsError> {
  if (input.cacheClusterEnabled) yield unsupported('caches of stages (cacheClusterEnabled)');
  if (input.canarySettings) yield unsupported('canaries of stages (canarySettings)');
  for (const [name, value] of Object.entries(input.variables ?? {}))
    if (!/^\w+$/.test(name) || !/^[A-Za-z0-9\-._~:/?#&=,]*$/.test(value))
      yield badRequest(`Stage variable ${name} has a name or value with characters that are not allowed`);
}

export function* stageNameProblems({ stageName = '' }: { readonly stageName?: string | undefined }) {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(stageName))
    yield badRequest(`Stage name only allows a-zA-Z0-9_-, got ${stageName}`);
}

/** Of changes that name nothing else of the API. */
export function* stageChangeProblems({ patchOperations }: UpdateStageRequest): Generator<AwsError> {
  for (const one of patchOperations ?? [])
    if (!one.path?.startsWith('/deploymentId'))
      yield* thrownBy(() => applyPatches('stages', newStage('', 0), [one], ownPatches));
}

/** `/{resource path}/{method}/throttling/rateLimit`; the path's own slashes are written ~1. */
function patchSetting(record: StageRecord, rest: readonly string[], op: string, value: string): StageRecord {
  const [path = '', method = '', group = '', name = ''] = rest;
  const key = `${path === '*' ? '*' : path.replace(/^\//, '~1').replaceAll('/', '~1')}/${method}`;
  const { [key]: before = {}, ...others } = record.methodSettings;
  if (op === 'remove' && group === '') return { ...record, methodSettings: others };
  const apply = settings[`${group}/${name}`];
  if (!apply) throw unsupported(`the patch path ${rest.join('/')} of stages`);
  const changed = op === 'remove' ? before : { ...before, ...apply(value) };
  return { ...record, methodSettings: { ...others, [key]: changed } };
}

const settings: Readonly<Record<string, (value: string) => MethodSetting>> = {
  'metrics/enabled': (value) => ({ metricsEnabled: isTrue(value) }),
  'logging/loglevel': (value) => ({ loggingLevel: value }),
  'logging/dataTrace': (value) => ({ dataTraceEnabled: isTrue(value) }),
  'throttling/rateLimit': (value) => ({ throttlingRateLimit: Number(value) }),
  'throttling/burstLimit': (value) => ({ throttlingBurstLimit: Number(value) }),
  'caching/enabled': (value) => {
    if (isTrue(value)) throw unsupported('caches of stages (caching/enabled)');
    return { cachingEnabled: false };
  },
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export function checkLogging({ records }: GatewayContext, { accessLog, methodSettings }: StageRecord): void {
  const logs =
    accessLog?.destinationArn !== undefined ||
    Object.values(methodSettings).some(
      ({ loggingLevel = 'OFF', dataTraceEnabled }) => loggingLevel !== 'OFF' || dataTraceEnabled,
    );
  if (logs && !records.account.get('account')?.cloudwatchRoleArn)
    throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
}

export const stagePatches = (
  { records }: GatewayContext,
  apiId: string,
): Readonly<Record<string, Patch<StageRecord>>> => ({
  ...ownPatches,
  deploymentId: (record, { value }) => {
    if (!records.deployments.has([apiId, value])) throw badRequest('Deployment id does not exist');
    return { ...record, deploymentId: value };
  },
});

const ownPatches: Readonly<Record<string, Patch<StageRecord>>> = {
  description: (record, { value }) => ({ ...record, description: value }),
  documentationVersion: (record, { value }) => ({ ...record, documentationVersion: value }),
  tracingEnabled: (record, { value }) => ({ ...record, tracingEnabled: isTrue(value) }),
  cacheClusterEnabled: (record, { value }) => {
    throwFirst(stageProblems({ cacheClusterEnabled: isTrue(value) }));
    return record;
  },
  variables: (record, { op, value, rest }) => {
    const variables = patchMap(record.variables, op, rest[0] ?? '', value);
    throwFirst(stageProblems({ variables }));
    return { ...record, variables };
  },
  accessLogSettings: (record, { op, value, rest }) => {
    const [name] = rest;
    if (op === 'remove' && name === undefined) return { ...record, accessLog: undefined };
    if (name === 'destinationArn') {
      if (!/:logs:[^:]*:\d{12}:log-group:/.test(value))
        throw unsupported(`access logs to ${value}; log groups are supported`);
      return { ...record, accessLog: { ...record.accessLog, destinationArn: value.replace(/:\*$/, '') } };
    }
    if (name === 'format') return { ...record, accessLog: { ...record.accessLog, format: value } };
    throw unsupported(`the patch path /accessLogSettings/${name} of stages`);
  },
  '*': (record, { op, value, rest }) => patchSetting(record, rest, op, value),
};
