/** Tags of CloudFormation resources: lists of keys and values in most templates, maps in most services. */

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Values that a template wrote as numbers become text. */
export const tagMap = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, String(Value)]));

export const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

interface TagCalls {
  remove(keys: string[]): Promise<unknown>;
  set(tags: Record<string, string>): Promise<unknown>;
}

/** Brings a resource's tags from those of the last deployment to those of this one. */
export async function retag(
  wanted: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, string>>,
  calls: TagCalls,
): Promise<void> {
  const removed = Object.keys(previous).filter((key) => wanted[key] === undefined);
  const changed = Object.entries(wanted).filter(([key, value]) => previous[key] !== value);
  if (removed.length > 0) await calls.remove(removed);
  if (changed.length > 0) await calls.set(Object.fromEntries(changed));
}
