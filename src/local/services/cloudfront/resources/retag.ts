import * as tags from '../../../resource-tags.ts';
import type { Invoke } from '../../../service.ts';

/** Brings a resource's tags from those of the last template to those of this one. */
export const retag = (
  invoke: Invoke,
  Resource: string,
  wanted: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, string>>,
): Promise<void> =>
  tags.retag(wanted, previous, {
    remove: (Items) => invoke('cloudfront', 'UntagResource', { Resource, TagKeys: { Items } }),
    set: (changed) =>
      invoke('cloudfront', 'TagResource', { Resource, Tags: { Items: tags.tagList(changed) } }),
  });
