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

const maxTags = 50;
const maxKey = 128;
const maxValue = 256;

/**
 * What is wrong with the tags that a resource would have; undefined when nothing is. Of the services whose models state
 * no limits. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagProblem(tags: Readonly<Record<string, string>>): string | undefined {
  const all = Object.entries(tags);
  // AWS's own tags do not count.
  if (all.filter(([key]) => !key.startsWith('aws:')).length > maxTags)
    return `Too many tags: a resource has at most ${maxTags}.`;
  for (const [key, value] of all) {
    if (key === '' || key.length > maxKey)
      return `Tag keys must be between 1 and ${maxKey} characters in length.`;
    if (value.length > maxValue) return `Tag values must be between 0 and ${maxValue} characters in length.`;
  }
  return undefined;
}

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
