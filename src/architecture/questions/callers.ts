/** Who may call what, by permission: compute and its role, with the statement that allows it. */
import { mayDo } from '../access/may-do.ts';
import { type Answer, accessOf } from '../access/model.ts';
import type { Architecture, Resource } from '../app/model.ts';
import { factsOf } from '../types/lookup.ts';
import { isDeploymentMachinery } from './deployment.ts';
import { runningAs } from './runs-as.ts';
import { type Trigger, triggeredBy } from './triggers.ts';

export interface Caller {
  /** A function, a service, a group of instances, a state machine, a job. */
  readonly compute: Resource;
  readonly role: Resource;
  readonly action: string;
  /** `yes` or `conditions`, with the policy and statement. */
  readonly answer: Answer;
}

/**
 * What may do one of the actions on the resource, each compute once. What only deploys is left out. What cannot be told
 * (a policy whose text is not known) is not a caller: `unknownPolicies` of the role's identity says so.
 */
export function callersOf(app: Architecture, on: Resource, actions: readonly string[]): readonly Caller[] {
  return accessOf(app).identities.flatMap(({ resource: role }) => {
    const running = runningAs(app, role).filter(
      (compute) => compute !== on && !isDeploymentMachinery(app, compute),
    );
    if (running.length === 0) return [];
    for (const action of actions) {
      const answer = mayDo(app, role, action, on);
      if (answer.allowed === 'yes' || answer.allowed === 'conditions')
        return running.map((compute) => ({ compute, role, action, answer }));
    }
    return [];
  });
}

export type Consumer =
  | { readonly compute: Resource; readonly how: 'mapping'; readonly trigger: Trigger }
  | { readonly compute: Resource; readonly how: 'permission'; readonly caller: Caller };

/** What takes the messages or records out: by an event source mapping or pipe, or by itself with its role. */
export function consumersOf(app: Architecture, source: Resource): readonly Consumer[] {
  const polled = triggeredBy(app, source)
    .filter(({ kind }) => kind === 'poll')
    .map((trigger): Consumer => ({ compute: trigger.to, how: 'mapping', trigger }));
  const mapped = new Set(polled.map(({ compute }) => compute));
  const byItself = callersOf(app, source, factsOf(source.type)?.store?.consume ?? [])
    .filter(({ compute }) => !mapped.has(compute))
    .map((caller): Consumer => ({ compute: caller.compute, how: 'permission', caller }));
  return [...polled, ...byItself];
}

/** What may put something into a queue, stream, topic or bus, or write to any other store. */
export const producersOf = (app: Architecture, store: Resource): readonly Caller[] =>
  callersOf(app, store, factsOf(store.type)?.store?.write ?? []);
