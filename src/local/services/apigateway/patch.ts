/**
 * Patch operations of the Update… calls: which paths may be changed, to what. A path that is not in the table is
 * refused by name. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { lookup } from '../../../core/lookup.ts';
import { unsupported } from '../../service.ts';
import { badRequest } from './errors.ts';

/** @param rest the unescaped segments after the path's first one */
export type Patch<T> = (
  record: T,
  change: {
    readonly op: 'add' | 'remove' | 'replace';
    readonly value: string;
    readonly rest: readonly string[];
  },
) => T;

export function applyPatches<T>(
  what: string,
  record: T,
  operations: readonly PatchOperation[] | undefined,
  table: Readonly<Record<string, Patch<T>>>,
): T {
  let out = record;
  for (const { op, path = '', value = '' } of operations ?? []) {
    if (op !== 'add' && op !== 'remove' && op !== 'replace')
      throw badRequest(
        `Invalid patch operation specified. Must be one of: [add, remove, replace], got ${op}`,
      );
    const [first = '', ...rest] = path.split('/').slice(1).map(unescapePointer);
    // `*` in a path is a part of it; in the table it stands for every path that is not named.
    const named = first === '*' ? undefined : lookup(table, first);
    const patch = named ?? table['*'];
    if (!patch) throw unsupported(`the patch path ${path} of ${what}`);
    out = patch(out, { op, value, rest: named ? rest : [first, ...rest] });
  }
  return out;
}

const unescapePointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

export const isTrue = (value: string) => value === 'true';

/** `/variables/name`: one entry of a map of texts. */
export function patchMap(
  map: Readonly<Record<string, string>>,
  op: 'add' | 'remove' | 'replace',
  key: string,
  value: string,
): Record<string, string> {
  const { [key]: _, ...others } = map;
  return op === 'remove' ? others : { ...others, [key]: value };
}
