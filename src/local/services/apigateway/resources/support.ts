/** What the resource types share. */

import { formatArn } from '../../../../core/arn.ts';
import * as tags from '../../../resource-tags.ts';
import type { Invoke } from '../../../service.ts';

export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: string;
}

export const escapePointer = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');

/** Replaces what is there, removes what no longer is. */
export function patch(path: string, value: unknown, previous: unknown): Patch[] {
  if (value === previous) return [];
  if (value === undefined) return [{ op: 'remove', path }];
  return [{ op: 'replace', path, value: String(value) }];
}

export function patchEntries(
  path: string,
  wanted: Readonly<Record<string, unknown>> = {},
  previous: Readonly<Record<string, unknown>> = {},
): Patch[] {
  const keys = new Set([...Object.keys(wanted), ...Object.keys(previous)]);
  return [...keys].flatMap((key) => patch(`${path}/${escapePointer(key)}`, wanted[key], previous[key]));
}

/** Makes the tags of `arn:aws:apigateway:…::<path>` those of the template. */
export async function retag(
  path: string,
  wanted: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, string>>,
  invoke: Invoke,
): Promise<void> {
  // The region is not told here; the service looks at the path only.
  const resourceArn = formatArn({ service: 'apigateway', resource: path });
  await tags.retag(wanted, previous, {
    remove: (tagKeys) => invoke('apigateway', 'UntagResource', { resourceArn, tagKeys }),
    set: (changed) => invoke('apigateway', 'TagResource', { resourceArn, tags: changed }),
  });
}
