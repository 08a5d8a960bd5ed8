/**
 * What a record has under a key that a user chose: a logical id, a statistic, an attribute may be called
 * `constructor`, which every object inherits.
 */
export function lookup<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
