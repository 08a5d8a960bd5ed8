/**
 * Which principal was allowed which action on which resource: what a review holds beside what is granted. A resource
 * is a bucket, queue or table, never an object or a log stream, so that the list stays small; beyond a limit new rows
 * are dropped and said to be. Kept in memory and written once a second, as the meter is.
 */

import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../iam/index.ts';
import type { Store } from '../store/store.ts';

interface UsedAction {
  /** ARN of the role, without its session; of a user, the user's. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

export interface UsedActions {
  record(caller: Caller, action: string, resource: string): void;
  /** Everything recorded, in order of principal, action and resource. */
  list(): { readonly actions: readonly UsedAction[]; readonly complete: boolean };
  flush(): void;
  stop(): void;
}

/** An app has some hundreds; more means that a resource has a name that is not cut yet. */
const maxActions = 20_000;

export function createUsedActions(store: Store, clock: Clock): UsedActions {
  const kept = store.collection<true>('used-actions');
  const seen = new Map<string, Map<string, Set<string>>>();
  let count = 0;
  let complete = true;
  let pending: [string, string, string][] = [];
  const resourcesOf = (principal: string, action: string): Set<string> => {
    const byAction = seen.get(principal) ?? new Map<string, Set<string>>();
    if (byAction.size === 0) seen.set(principal, byAction);
    const resources = byAction.get(action) ?? new Set<string>();
    if (resources.size === 0) byAction.set(action, resources);
    return resources;
  };
  const add = (principal: string, action: string, resource: string): boolean => {
    const resources = resourcesOf(principal, action);
    if (resources.has(resource)) return false;
    if (count >= maxActions) {
      complete = false;
      return false;
    }
    resources.add(resource);
    count++;
    return true;
  };
  for (const [[principal, action, resource]] of kept.entries())
    add(String(principal), String(action), String(resource));
  const flush = () => {
    if (pending.length === 0) return;
    store.transaction(() => {
      for (const row of pending) kept.put(row, true);
    });
    pending = [];
  };
  const timer = clock.every(1000, flush);
  return {
    record(caller, action, given) {
      // What AWS itself does for the app needs no permission of the app's roles; nobody signs an anonymous call.
      if (caller.kind !== 'role-session' && caller.kind !== 'user') return;
      const principal = caller.roleArn ?? caller.arn;
      const resource = wholeOf(given);
      if (add(principal, action, resource)) pending.push([principal, action, resource]);
    },
    list() {
      flush();
      const actions = [...kept.entries()].map(([[principal, action, resource]]) => ({
        principal: String(principal),
        action: String(action),
        resource: String(resource),
      }));
      return { actions, complete };
    },
    flush,
    stop() {
      timer.cancel();
      flush();
    },
  };
}

/** Where the ARN of the resource ends and the part that a call touched begins, by service. */
const endOf: Readonly<Record<string, RegExp>> = {
  // arn:aws:s3:::bucket/key
  s3: /(?=\/)/,
  // …:log-group:/aws/lambda/name:log-stream:…
  logs: /(?=:log-stream:|:\*$)/,
  // …:table/Name/index/by-status
  dynamodb: /(?=\/(?:index|stream|backup|export)\/)/,
  // …:apiid/stage/GET/jobs/17
  'execute-api': /(?=\/)/,
  // …:task/cluster/id
  ecs: /:(?:task|container-instance)\/[^/]+(?=\/)/,
  // …:stack/name/id
  cloudformation: /:(?:stack|changeSet)\/[^/]+(?=\/)/,
  // …:distribution/ID/invalidation/…
  cloudfront: /:distribution\/[^/]+(?=\/)/,
};

function wholeOf(given: string): string {
  // Names in requests may be of any length, also where no resource has such a name.
  const resource = given.slice(0, 1000);
  const found = endOf[resource.split(':', 3)[2] ?? '']?.exec(resource);
  return found ? resource.slice(0, found.index + found[0].length) : resource;
}
