/** Published versions: numbered copies of $LATEST that never change. */
import { isDeepStrictEqual } from 'node:util';
import { stamp } from './configuration.ts';
import type { LambdaContext } from './context.ts';
import type { FunctionRecord } from './records.ts';

/** AWS publishes nothing new when neither code nor configuration changed since the last version. */
export function makeVersion(
  { records, env }: Pick<LambdaContext, 'records' | 'env'>,
  latest: FunctionRecord,
  description: string | undefined,
): FunctionRecord {
  return env.store.transaction(() => {
    const settings = records.settings.get(latest.name) ?? { lastVersion: 0, tags: {} };
    const previous =
      settings.lastVersion > 0
        ? records.functions.get([latest.name, String(settings.lastVersion)])
        : undefined;
    if (previous && isDeepStrictEqual(content(previous), content(latest))) return previous;
    const version = String(settings.lastVersion + 1);
    const record = {
      ...latest,
      version,
      description: description ?? latest.description,
      ...stamp(env),
    };
    records.functions.put([latest.name, version], record);
    records.settings.put(latest.name, { ...settings, lastVersion: settings.lastVersion + 1 });
    return record;
  });
}

const content = ({ version: _v, revisionId: _r, modifiedAt: _m, description: _d, ...rest }: FunctionRecord) =>
  rest;
