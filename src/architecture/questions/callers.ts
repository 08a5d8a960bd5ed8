/** Who may call what, by permission: compute and its role, with the statement that allows it. */
import type { Identity } from '../access/identities.ts';
import { mayDo } from '../access/may-do.ts';
import { type Answer, accessOf } from '../access/model.ts';
import type { Architecture, Resource } from '../app/model.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf, typesWith } from '../types/lookup.ts';
import { isDeadLetterQueue } from './dead-letters.ts';
import { isDeploymentMachinery } from './deployment.ts';
import { runningAs, toldOf } from './runs-as.ts';
import { standsFor, type Trigger, triggeredBy } from './triggers.ts';

interface Caller {
  /** A function, a service, a group of instances, a state machine, a job. */
  readonly compute: Resource;
  readonly role: Resource;
  readonly action: string;
  /** `yes` or `conditions`, with the policy and statement. */
  readonly answer: Answer;
  /** A policy or the configuration of the compute names the resource. False: it may do this to anything of the kind. */
  readonly isNamed: boolean;
}

/** Whether a policy of the role, or of the resource itself, names the resource. */
function isNamedByPolicy(app: Architecture, role: Resource, on: Resource, { policy }: Answer): boolean {
  if (policy?.kind === 'resource') return true;
  const arn = on.arn.replace(/:\*$/, '');
  return (accessOf(app).identityOf(role)?.policies ?? []).some(({ statements }) =>
    statements.some(
      ({ effect, resources }) => effect === 'Allow' && resources.some((pattern) => pattern.startsWith(arn)),
    ),
  );
}

/** Identities by the service of an action, as far as their policies could allow some action of it. */
const byService = oncePerApp(() => new Map<string, readonly Identity[]>());

function identitiesFor(app: Architecture, on: Resource, actions: readonly string[]): readonly Identity[] {
  const model = accessOf(app);
  if (model.policiesAt(on).length > 0) return model.identities;
  const services = [...new Set(actions.map((action) => (action.split(':')[0] ?? '').toLowerCase()))];
  const key = services.join(' ');
  const known =
    byService(app).get(key) ??
    model.identities.filter(({ policies }) =>
      policies.some(({ speaksOf }) => services.some((service) => speaksOf(service))),
    );
  byService(app).set(key, known);
  return known;
}

function callersOfOne(app: Architecture, on: Resource, actions: readonly string[]): readonly Caller[] {
  return identitiesFor(app, on, actions).flatMap(({ resource: role }): readonly Caller[] => {
    const running = runningAs(app, role).filter(
      (compute) => compute !== on && !isDeploymentMachinery(app, compute),
    );
    if (running.length === 0) return [];
    for (const action of actions) {
      const answer = mayDo(app, role, action, on);
      if (answer.allowed !== 'yes' && answer.allowed !== 'conditions') continue;
      const isNamed = isNamedByPolicy(app, role, on, answer);
      return running.map((compute) => ({
        compute,
        role,
        action,
        answer,
        isNamed: isNamed || toldOf(app, compute).includes(on),
      }));
    }
    return [];
  });
}

/**
 * What calls one of the actions on the resource, or on an alias or version that stands for it, as far as permissions
 * show: each compute once. What may do so to everything of the kind counts only when nothing is named (`isNamed`): an
 * administrator's role is no sign of use. What only deploys is left out. What cannot be told (a policy whose text is not
 * known) is not a caller: `unknownPolicies` of the role's identity says so.
 */
export function callersOf(app: Architecture, on: Resource, actions: readonly string[]): readonly Caller[] {
  const answers = answered(app).get(on) ?? new Map<string, readonly Caller[]>();
  answered(app).set(on, answers);
  const key = actions.join(' ');
  const known = answers.get(key) ?? findCallers(app, on, actions);
  answers.set(key, known);
  return known;
}

const answered = oncePerApp(() => new Map<Resource, Map<string, readonly Caller[]>>());

function findCallers(app: Architecture, on: Resource, actions: readonly string[]): readonly Caller[] {
  const standIns = new Set(on.usedBy.map(({ to }) => to).filter((to) => standsFor(app, to) === on));
  const found = new Map<Resource, Caller>();
  for (const target of [on, ...standIns])
    for (const caller of callersOfOne(app, target, actions))
      if (caller.compute !== on && !found.get(caller.compute)?.isNamed) found.set(caller.compute, caller);
  const all = [...found.values()];
  const named = all.filter(({ isNamed }) => isNamed);
  return named.length > 0 ? named : all;
}

/** What the policies name in statements that allow; a name in a policy is a hint that the code knows of it. */
export const namedInPolicies = (app: Architecture, who: Resource): readonly Resource[] => {
  const identity = accessOf(app).identityOf(who) ?? accessOf(app).runsAs(who);
  const patterns = (identity?.policies ?? []).flatMap(({ statements }) =>
    statements.flatMap(({ effect, resources }) => (effect === 'Allow' ? resources : [])),
  );
  return [...new Set(patterns.flatMap((pattern) => app.named(pattern) ?? []))];
};

type Consumer =
  | { readonly compute: Resource; readonly how: 'mapping'; readonly trigger: Trigger }
  | { readonly compute: Resource; readonly how: 'permission'; readonly caller: Caller };

/**
 * What takes the messages or records out: by an event source mapping or pipe, or by itself with its role. Nothing is
 * guessed of a dead-letter queue, which mostly people read.
 */
export function consumersOf(app: Architecture, source: Resource): readonly Consumer[] {
  const polled = triggeredBy(app, source)
    .filter(({ kind }) => kind === 'poll')
    .map((trigger): Consumer => ({ compute: trigger.to, how: 'mapping', trigger }));
  const mapped = new Set(polled.map(({ compute }) => compute));
  const byItself = callersOf(app, source, factsOf(source.type)?.store?.consume ?? [])
    .filter(({ compute, isNamed }) => !mapped.has(compute) && (isNamed || !isDeadLetterQueue(app, source)))
    .map((caller): Consumer => ({ compute: caller.compute, how: 'permission', caller }));
  return [...polled, ...byItself];
}

const byConsumer = oncePerApp((app): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  for (const source of app.ofType(...typesWith('store')))
    if (factsOf(source.type)?.store?.consume !== undefined)
      for (const { compute, how } of consumersOf(app, source)) {
        if (how === 'mapping') continue;
        const list = found.get(compute);
        if (list === undefined) found.set(compute, [source]);
        else if (!list.includes(source)) list.push(source);
      }
  return found;
});

/** The queues and streams that the compute takes work out of by itself. */
export const consumedBy = (app: Architecture, compute: Resource): readonly Resource[] =>
  byConsumer(app).get(compute) ?? [];

/** What may put something into a queue, stream, topic or bus, or write to any other store. */
export const producersOf = (app: Architecture, store: Resource): readonly Caller[] =>
  callersOf(app, store, factsOf(store.type)?.store?.write ?? []);
