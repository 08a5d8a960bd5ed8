/** Parameters as kept, and what the operations share. */
import { parseArn } from '../../../core/arn.ts';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';

export interface ParameterRecord {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly version: number;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly labels?: readonly string[];
  /** ms since the epoch */
  readonly modifiedAt: number;
  /** ARN */
  readonly modifiedBy: string;
}

type Tags = Readonly<Record<string, string>>;

export interface SsmContext {
  readonly env: ServiceEnvironment;
  /** The latest version of each, by name. */
  readonly parameters: Collection<ParameterRecord>;
  /** By name and number, the latest included. */
  readonly versions: Collection<ParameterRecord>;
  readonly tags: Collection<Tags>;
  arn(name: string): string;
}

export const createSsmContext = (env: ServiceEnvironment): SsmContext => ({
  env,
  parameters: env.store.collection<ParameterRecord>('ssm/parameters'),
  versions: env.store.collection<ParameterRecord>('ssm/parameter-versions'),
  tags: env.store.collection<Tags>('ssm/parameter-tags'),
  // The leading slash of a path is not doubled: parameter/a/b, and parameter/name.
  arn: (name) => env.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
});

export const notFound = (name: string) => new AwsError('ParameterNotFound', `Parameter ${name} not found.`);

export const versionNotFound = (name: string, version: string | number) =>
  new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
  );

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const maxLevels = 15;

/** @throws ValidationException for a name that no parameter can have */
export function checkName(name: string): void {
  const wrong = (message: string) => new AwsError('ValidationException', `Parameter name: ${message}`);
  if (/^\/?(aws|ssm)/i.test(name)) throw wrong('can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  if (
    !/^[\w.\-/]+$/.test(name) ||
    name.endsWith('/') ||
    /\/\//.test(name) ||
    (name.includes('/') && !name.startsWith('/'))
  )
    throw wrong(
      'can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  if (name.split('/').length - 1 > maxLevels)
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${maxLevels} levels. For more information, see Requirements and constraints for parameter names.`,
    );
}

interface Found {
  readonly record: ParameterRecord;
  /** `:3` or `:label`, as it was asked for. */
  readonly selector?: string;
}

/** By name or ARN, optionally with `:version` or `:label`. Undefined when there is no such parameter. */
export function findParameter(context: SsmContext, name: string): Found | undefined {
  const plain = parseArn(name)?.resource.replace(/^parameter/, '') ?? name;
  const [path = '', selector, ...more] = plain.split(':') as [string, string?, ...string[]];
  if (more.length > 0)
    throw new AwsError('ValidationException', `The selector of ${name} has more than one colon.`);
  if (path.includes('//') || (path.includes('/') && !path.startsWith('/'))) checkName(path);
  const latest = context.parameters.get(path) ?? context.parameters.get(path.replace(/^\//, ''));
  if (!latest || selector === undefined) return latest && { record: latest };
  const record = /^\d+$/.test(selector)
    ? context.versions.get([latest.name, Number(selector)])
    : versionsOf(context, latest.name).find(({ labels }) => labels?.includes(selector));
  if (record) return { record, selector: `:${selector}` };
  if (/^\d+$/.test(selector)) throw versionNotFound(path, selector);
  throw new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find a version of ${path} with the label ${selector}.`,
  );
}

export const versionsOf = ({ versions }: SsmContext, name: string): readonly ParameterRecord[] => [
  ...versions.values({ prefix: name }),
];

/** Of a name that has just been read from the collection. */
export function keepVersion({ parameters, versions }: SsmContext, record: ParameterRecord): void {
  versions.put([record.name, record.version], record);
  if ((parameters.get(record.name)?.version ?? 0) <= record.version) parameters.put(record.name, record);
}

/** @returns whether there was one */
export function deleteParameter({ env, parameters, versions, tags }: SsmContext, name: string): boolean {
  return env.store.transaction(() => {
    versions.clear(name);
    tags.delete(name);
    return parameters.delete(name);
  });
}

export const describe = (context: SsmContext, { record, selector }: Found) => ({
  Name: record.name,
  Type: record.type,
  Value: record.value,
  Version: record.version,
  LastModifiedDate: new Date(record.modifiedAt),
  ARN: context.arn(record.name),
  DataType: 'text',
  ...(selector === undefined ? {} : { Selector: selector }),
});

/** What lists show beyond it, and without the value. */
export const describeMetadata = (context: SsmContext, record: ParameterRecord) => {
  const { Value: _, ...shown } = describe(context, { record });
  return {
    ...shown,
    LastModifiedUser: record.modifiedBy,
    Tier: 'Standard' as const,
    Policies: [],
    ...(record.description === undefined ? {} : { Description: record.description }),
    ...(record.allowedPattern === undefined ? {} : { AllowedPattern: record.allowedPattern }),
  };
};

interface ResourceInput {
  readonly ResourceType?: string | undefined;
  readonly ResourceId?: string | undefined;
}

/** The parameter that a call about tags names. */
export function taggedParameter(
  { parameters }: SsmContext,
  { ResourceType, ResourceId = '' }: ResourceInput,
): string {
  const record =
    ResourceType === 'Parameter'
      ? (parameters.get(ResourceId) ?? parameters.get(ResourceId.replace(/^\//, '')))
      : undefined;
  if (!record) throw new AwsError('InvalidResourceId', `The resource ID "${ResourceId}" is not valid.`);
  return record.name;
}
