/** Tags in both of the forms that resource types use: a list of pairs and a map. */
import type { Resolved } from '../../template/index.ts';
import { isMap } from './values.ts';

export function tagsOf(value: Resolved | undefined): Record<string, string> {
  if (Array.isArray(value))
    return Object.fromEntries(
      value
        .filter(isMap)
        .flatMap(({ Key, Value }) => (typeof Key === 'string' ? [[Key, String(Value ?? '')]] : [])),
    );
  if (!isMap(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (typeof item === 'string' ? [[key, item]] : [])),
  );
}
