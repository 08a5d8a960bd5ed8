/** Aliases: a name for a version, or for two with weights. */
import type { AliasConfiguration, AliasRoutingConfiguration } from '@aws-sdk/client-lambda';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { LambdaContext } from './context.ts';
import { invalidParameter, notFound } from './errors.ts';
import { functionArn, readFunctionName, resolveVersion } from './names.ts';
import type { AliasRecord } from './records.ts';

type Context = Pick<LambdaContext, 'env' | 'records'>;

export function aliasOf({ env, records }: Context, functionName?: string, alias = ''): AliasRecord {
  const { name } = readFunctionName(functionName, env);
  const record = records.aliases.get([name, alias]);
  if (!record) throw notFound(`Cannot find alias arn: ${functionArn(env, name, alias)}`);
  return record;
}

export function checkedWeights(
  { env, records }: Context,
  name: string,
  /** The version that the alias names. */
  main: string,
  routing: AliasRoutingConfiguration | undefined,
): Record<string, number> {
  const weights = { ...routing?.AdditionalVersionWeights };
  const entries = Object.entries(weights);
  if (entries.length > 1)
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  for (const [version, weight] of entries) {
    const wrong = !/^\d+$/.test(version)
      ? 'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]'
      : !(weight >= 0 && weight <= 1)
        ? 'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]'
        : undefined;
    if (wrong)
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '{${version}=${Number.isInteger(weight) ? weight.toFixed(1) : weight}}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: ${wrong}`,
      );
    if (main === '$LATEST')
      throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
    if (version === main)
      throw invalidParameter(
        `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
      );
    resolveVersion(records, env, { name, qualifier: version });
  }
  return weights;
}

export const shownAlias = (alias: AliasRecord, env: ServiceEnvironment): AliasConfiguration => ({
  AliasArn: functionArn(env, alias.functionName, alias.name),
  Name: alias.name,
  FunctionVersion: alias.version,
  Description: alias.description,
  RevisionId: alias.revisionId,
  RoutingConfig:
    Object.keys(alias.weights).length > 0 ? { AdditionalVersionWeights: { ...alias.weights } } : undefined,
});
