/** What the resource types share. */
import { AwsError, type Invoke } from '../../../service.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export const tagMap = (tags: readonly Tag[] | undefined): Record<string, string> =>
  Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]));

/** CloudFormation hands booleans over as texts too. */
export const flag = (value: boolean | string | undefined): boolean | undefined =>
  value === undefined ? undefined : String(value) === 'true';

export const number = (value: number | string | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);

/** Deleting succeeds when the thing, or what it belonged to, is gone. */
export async function gone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'NotFoundException')) throw error;
  }
}

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
  wanted: readonly Tag[] | undefined,
  previous: readonly Tag[] | undefined,
  invoke: Invoke,
): Promise<void> {
  const tags = tagMap(wanted);
  const before = tagMap(previous);
  const tagKeys = Object.keys(before).filter((key) => tags[key] === undefined);
  const changed = Object.fromEntries(Object.entries(tags).filter(([key, value]) => before[key] !== value));
  // The region is not told here; the service looks at the path only.
  const resourceArn = `arn:aws:apigateway:::${path}`;
  if (tagKeys.length > 0) await invoke('apigateway', 'UntagResource', { resourceArn, tagKeys });
  if (Object.keys(changed).length > 0)
    await invoke('apigateway', 'TagResource', { resourceArn, tags: changed });
}
