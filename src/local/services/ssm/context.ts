/** Parameters as kept, and what the operations share. */
import { parseArn } from '../../../core/arn.ts';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';

interface ParameterRecord {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly version: number;
  readonly description?: string;
  readonly allowedPattern?: string;
  /** ms since the epoch */
  readonly modifiedAt: number;
}

export interface SsmContext {
  readonly env: ServiceEnvironment;
  readonly parameters: Collection<ParameterRecord>;
  /** Earlier versions, by name and version; the newest is among the parameters. */
  readonly earlier: Collection<ParameterRecord>;
  arn(name: string): string;
}

export const createSsmContext = (env: ServiceEnvironment): SsmContext => ({
  env,
  parameters: env.store.collection<ParameterRecord>('ssm/parameters'),
  earlier: env.store.collection<ParameterRecord>('ssm/earlier-versions'),
  // The leading slash of a path is not doubled: parameter/a/b, and parameter/name.
  arn: (name) => env.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
});

/** A name, or an ARN, optionally with `:version`. Labels are refused by name. */
export function findParameter(context: SsmContext, name: string): ParameterRecord | undefined {
  const plain = parseArn(name)?.resource.replace(/^parameter/, '') ?? name;
  const [path = '', version] = plain.split(':') as [string, string?];
  const record = context.parameters.get(path) ?? context.parameters.get(path.replace(/^\//, ''));
  if (!record || version === undefined) return record;
  if (!/^\d+$/.test(version))
    throw new AwsError('NotImplemented', `Slipway does not support parameter labels (${name}).`, 501);
  if (Number(version) === record.version) return record;
  const found = context.earlier.get([record.name, Number(version)]);
  if (found) return found;
  throw new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${path}. Verify the version and try again.`,
  );
}

/** AWS keeps a hundred versions and then drops the oldest. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html */
const keptVersions = 100;

export function keepEarlier({ earlier }: SsmContext, record: ParameterRecord): void {
  earlier.put([record.name, record.version], record);
  earlier.delete([record.name, record.version - keptVersions + 1]);
}

export function removeParameter({ parameters, earlier }: SsmContext, name: string): boolean {
  earlier.clear(name);
  return parameters.delete(name);
}

export const describe = (context: SsmContext, record: ParameterRecord) => ({
  Name: record.name,
  Type: record.type,
  Value: record.value,
  Version: record.version,
  LastModifiedDate: new Date(record.modifiedAt),
  ARN: context.arn(record.name),
  DataType: 'text',
});
