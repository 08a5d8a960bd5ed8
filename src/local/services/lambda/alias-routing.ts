/** Which version a call under an alias runs: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
import type { ServiceEnvironment } from '../../service.ts';
import type { Resolved } from './names.ts';
import type { FunctionRecord, LambdaRecords } from './records.ts';

export function pickVersion(
  records: LambdaRecords,
  env: Pick<ServiceEnvironment, 'randomId'>,
  { record, alias }: Resolved,
): FunctionRecord {
  if (!alias) return record;
  let drawn = Number.parseInt(env.randomId(8), 16) / 2 ** 32;
  for (const [version, weight] of Object.entries(alias.weights)) {
    drawn -= weight;
    if (drawn < 0) return records.functions.get([alias.functionName, version]) ?? record;
  }
  return record;
}
