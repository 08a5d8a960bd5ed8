import * as tags from '../../../resource-tags.ts';
import type { Invoke } from '../../../service.ts';
import { apiTags } from './api-names.ts';

export const retag = (
  invoke: Invoke,
  resourceArn: string,
  now: readonly tags.Tag[] | undefined,
  before: readonly tags.Tag[] | undefined,
): Promise<void> =>
  tags.retag(now, before, {
    remove: (tagKeys) => invoke('ecs', 'UntagResource', { resourceArn, tagKeys }),
    set: (changed) => invoke('ecs', 'TagResource', { resourceArn, tags: apiTags([], changed) }),
  });
