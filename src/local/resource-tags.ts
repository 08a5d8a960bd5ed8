/** Tags of CloudFormation resources: lists of keys and values in templates, maps in most services. */

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The stack's tags and the resource's own, which win. Values that a template wrote as numbers become text. */
export const tagMap = (
  own: readonly Tag[] = [],
  stackTags: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  ...stackTags,
  ...Object.fromEntries(own.map(({ Key, Value }) => [Key, String(Value)])),
});

export const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

interface TagCalls {
  remove(keys: string[]): Promise<unknown>;
  set(tags: Record<string, string>): Promise<unknown>;
}

/** Brings a resource's tags from those of the last template to those of this one. */
export async function retag(
  now: readonly Tag[] | undefined,
  before: readonly Tag[] | undefined,
  calls: TagCalls,
): Promise<void> {
  const wanted = tagMap(now);
  const previous = tagMap(before);
  const removed = Object.keys(previous).filter((key) => wanted[key] === undefined);
  const changed = Object.entries(wanted).filter(([key, value]) => previous[key] !== value);
  if (removed.length > 0) await calls.remove(removed);
  if (changed.length > 0) await calls.set(Object.fromEntries(changed));
}
