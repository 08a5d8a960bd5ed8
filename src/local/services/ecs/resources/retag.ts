import * as tags from '../../../resource-tags.ts';
import type { Invoke } from '../../../service.ts';
import { apiTags } from './api-names.ts';

export const retag = (
  invoke: Invoke,
  resourceArn: string,
  now: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): Promise<void> =>
  tags.retag(now, before, {
    remove: (tagKeys) => invoke('ecs', 'UntagResource', { resourceArn, tagKeys }),
    set: (changed) => invoke('ecs', 'TagResource', { resourceArn, tags: apiTags(changed) }),
  });
