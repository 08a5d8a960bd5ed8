/** Aliases: a name for a version, or for two with weights. */
import type { AliasConfiguration, AliasRoutingConfiguration } from '@aws-sdk/client-lambda';
import type { ServiceEnvironment } from '../../service.ts';
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
  routing: AliasRoutingConfiguration | undefined,
): Record<string, number> {
  const weights = { ...routing?.AdditionalVersionWeights };
  const entries = Object.entries(weights);
  if (entries.length > 1) throw invalidParameter('At most one additional version can have a weight.');
  for (const [version, weight] of entries) {
    resolveVersion(records, env, { name, qualifier: version });
    if (!(weight >= 0 && weight <= 1))
      throw invalidParameter(`The weight of version ${version} must lie between 0 and 1, got ${weight}`);
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
