/** Reads properties for a pricer: what is unresolved is collected as not priced, what is absent takes AWS's default. */

import {
  flagAt,
  isMap,
  isUnresolved,
  numberAt,
  type Resolved,
  type Resource,
  textAt,
  type valueAt,
} from '../../../architecture/index.ts';
import { type Item, unresolvedItem } from './model.ts';

interface Reader {
  /** undefined: it is there and cannot be known (then it is in `missing`). */
  number(path: string, absent: number): number | undefined;
  text(path: string, absent: string): string | undefined;
  flag(path: string, absent: boolean): boolean | undefined;
  readonly missing: readonly Item[];
}

export function read(resource: Resource, from: Resolved = resource.properties, prefix = ''): Reader {
  const missing: Item[] = [];
  const give = <T>(value: T | undefined, path: string, absent: T): T | undefined => {
    if (isUnresolved(value)) {
      missing.push(unresolvedItem(`${prefix}${path}`, value.reason));
      return undefined;
    }
    return value ?? absent;
  };
  const settle = <T>(
    value: T | undefined | ReturnType<typeof valueAt>,
    path: string,
    absent: T,
    ok: (v: unknown) => v is T,
  ) => {
    const found = give<unknown>(value, path, absent);
    if (found === undefined || ok(found)) return found;
    missing.push(unresolvedItem(`${prefix}${path}`, `its value is not understood: ${JSON.stringify(found)}`));
    return undefined;
  };
  return {
    number: (path, absent) =>
      settle(numberAt(from, path), path, absent, (v): v is number => typeof v === 'number'),
    text: (path, absent) =>
      settle(textAt(from, path), path, absent, (v): v is string => typeof v === 'string'),
    flag: (path, absent) =>
      settle(flagAt(from, path), path, absent, (v): v is boolean => typeof v === 'boolean'),
    missing,
  };
}

export const mapsIn = (value: Resolved | undefined) => (Array.isArray(value) ? value.filter(isMap) : []);
