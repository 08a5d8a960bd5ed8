/** Brings a resource's tags from those of the last template to those of this one. */
import type { Invoke } from '../../../service.ts';

export interface CfnTag {
  readonly Key: string;
  readonly Value: string;
}

export async function retag(
  invoke: Invoke,
  Resource: string,
  wanted: readonly CfnTag[] = [],
  previous: readonly CfnTag[] = [],
): Promise<void> {
  const gone = previous.map(({ Key }) => Key).filter((key) => !wanted.some(({ Key }) => Key === key));
  const changed = wanted.filter(
    ({ Key, Value }) => !previous.some((t) => t.Key === Key && t.Value === Value),
  );
  if (gone.length > 0) await invoke('cloudfront', 'UntagResource', { Resource, TagKeys: { Items: gone } });
  if (changed.length > 0) await invoke('cloudfront', 'TagResource', { Resource, Tags: { Items: changed } });
}
