/**
 * Questions asked of resolved properties. Each answers "known", "absent" or "cannot tell"; CloudFormation takes numbers
 * and booleans as text too, so do these.
 */
import { type Resolved, type ResolvedObject, Unresolved } from '../../template/index.ts';

export const isMap = (value: Resolved | undefined): value is ResolvedObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unresolved);

export const isList = (value: Resolved | undefined): value is readonly Resolved[] => Array.isArray(value);

/** The value at `path` (`a.b.0.c`); `Unresolved` when something on the way is; undefined when it is not there. */
export function valueAt(value: Resolved | undefined, path: string): Resolved | undefined {
  let here: Resolved | undefined = value;
  for (const key of path.split('.')) {
    if (here instanceof Unresolved) return here;
    if (isList(here)) here = here[Number(key)];
    else if (isMap(here)) here = Object.hasOwn(here, key) ? here[key] : undefined;
    else return undefined;
  }
  return here;
}

/** A number, also as text; `Unresolved` stays; undefined when absent or not a number. */
export function numberAt(value: Resolved | undefined, path: string): number | Unresolved | undefined {
  const found = valueAt(value, path);
  if (found instanceof Unresolved || typeof found === 'number') return found;
  if (typeof found !== 'string' || found.trim() === '') return undefined;
  const number = Number(found);
  return Number.isFinite(number) ? number : undefined;
}

export function textAt(value: Resolved | undefined, path: string): string | Unresolved | undefined {
  const found = valueAt(value, path);
  if (found instanceof Unresolved || typeof found === 'string') return found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

export function flagAt(value: Resolved | undefined, path: string): boolean | Unresolved | undefined {
  const found = valueAt(value, path);
  if (found instanceof Unresolved || typeof found === 'boolean') return found;
  return found === 'true' ? true : found === 'false' ? false : undefined;
}

/** The list, a single value as a list of one, or nothing. `Unresolved` items stay in it. */
export function listAt(value: Resolved | undefined, path: string): readonly Resolved[] {
  const found = valueAt(value, path);
  return found === undefined ? [] : isList(found) ? found : [found];
}

export const isUnresolved = (value: unknown): value is Unresolved => value instanceof Unresolved;

/** Every text in a value, with its path. */
export function* textsIn(value: Resolved | undefined, path = ''): Generator<{ text: string; path: string }> {
  if (typeof value === 'string') yield { text: value, path };
  else if (isList(value))
    for (const [index, item] of value.entries()) yield* textsIn(item, `${path}/${index}`);
  else if (isMap(value))
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, `${path}/${key}`);
}
