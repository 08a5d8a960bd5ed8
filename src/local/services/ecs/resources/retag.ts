/** Brings the tags of a resource from what a template said before to what it says now. */
import type { Invoke } from '../../../service.ts';
import { apiTags } from './api-names.ts';

type Tags = readonly { readonly Key: string; readonly Value: string }[] | undefined;

export async function retag(invoke: Invoke, resourceArn: unknown, now: Tags, before: Tags): Promise<void> {
  const tagKeys = (before ?? []).map(({ Key }) => Key).filter((key) => !now?.some(({ Key }) => Key === key));
  if (tagKeys.length > 0) await invoke('ecs', 'UntagResource', { resourceArn, tagKeys });
  if (now?.length) await invoke('ecs', 'TagResource', { resourceArn, tags: apiTags(now) });
}
