/**
 * Function names as Lambda takes them: `name`, `account:function:name` or an ARN, each perhaps with a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax
 */
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import { invalidParameter, notFound } from './errors.ts';
import type { AliasRecord, FunctionRecord, LambdaRecords } from './records.ts';

export interface FunctionName {
  readonly name: string;
  readonly qualifier: string | undefined;
}

const pattern =
  /^(?:arn:aws[a-z-]*:lambda:([a-z0-9-]+):)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9-_]{1,140})(?::(\$LATEST|[A-Za-z0-9-_]+))?$/;

export function readFunctionName(
  text: string | undefined,
  env: Pick<ServiceEnvironment, 'accountId' | 'region'>,
  qualifier?: string,
): FunctionName {
  const match = pattern.exec(text ?? '');
  const [, region, account, name, inName] = match ?? [];
  if (name === undefined)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  if (region !== undefined && region !== env.region)
    throw notFound(`Functions from '${region}' are not reachable in this region ('${env.region}')`);
  if (account !== undefined && account !== env.accountId)
    throw new AwsError(
      'AccessDeniedException',
      `Not authorized to ${text}: there is no account ${account} here`,
      403,
    );
  if (qualifier !== undefined && inName !== undefined && qualifier !== inName)
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  return { name, qualifier: qualifier ?? inName };
}

export const functionArn = (env: Pick<ServiceEnvironment, 'arn'>, name: string, qualifier?: string): string =>
  env.arn('lambda', `function:${name}${qualifier ? `:${qualifier}` : ''}`);

export interface Resolved {
  readonly record: FunctionRecord;
  readonly alias?: AliasRecord;
}

/** The version behind a name: `$LATEST`, a published one, or what an alias names. */
export function resolveVersion(
  records: LambdaRecords,
  env: Pick<ServiceEnvironment, 'arn'>,
  { name, qualifier }: FunctionName,
): Resolved {
  const missing = () => notFound(`Function not found: ${functionArn(env, name, qualifier)}`);
  const latest = records.functions.get([name, '$LATEST']);
  if (!latest) throw missing();
  if (qualifier === undefined || qualifier === '$LATEST') return { record: latest };
  if (/^\d+$/.test(qualifier)) {
    const record = records.functions.get([name, qualifier]);
    if (!record) throw missing();
    return { record };
  }
  const alias = records.aliases.get([name, qualifier]);
  const record = alias && records.functions.get([name, alias.version]);
  if (!alias || !record) throw missing();
  return { record, alias };
}

/** A session is named after its function; STS asks for 2 to 64 characters. */
export const sessionName = (functionName: string): string => functionName.padEnd(2, '-').slice(0, 64);
