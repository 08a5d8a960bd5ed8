/** What AWS itself sets off when something else happens: routes, subscriptions, mappings, targets, notifications. */
import type { Architecture, Resource } from '../app/model.ts';
import { type NamedAt, namedAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { valueAt } from '../app/values.ts';
import type { TriggerFacts, TriggerKind } from '../types/facts.ts';
import { factsOf, typesWith } from '../types/lookup.ts';

/** One property that wires a source to a target. Plain but for the resource. */
interface Wire {
  readonly via: Resource;
  /** `Targets.0.Arn` of `via`. */
  readonly property: string;
}

export interface Trigger {
  readonly kind: TriggerKind;
  /** The API, queue, topic, bus, bucket or load balancer; the wiring resource itself where it has no other source. */
  readonly from: Resource;
  /** An alias or version of a function is its function. */
  readonly to: Resource;
  /** The route, subscription, mapping, rule or listener. */
  readonly via: Resource;
  /** From the source to the target: more than one where listeners and target groups lie between. */
  readonly wires: readonly Wire[];
}

/** What an alias or a version stands for; any other resource itself. */
export function standsFor(app: Architecture, resource: Resource): Resource {
  let here = resource;
  for (const seen = new Set<Resource>(); !seen.has(here); ) {
    seen.add(here);
    const path = factsOf(here.type)?.standsFor;
    const [next] = path === undefined ? [] : namedAt(app, here, path);
    if (next !== undefined) here = next.to;
  }
  return here;
}

function* read(app: Architecture, via: Resource, facts: TriggerFacts): Generator<Trigger> {
  if (facts.when !== undefined && valueAt(via.properties, facts.when) === undefined) return;
  const named = facts.from === undefined ? [] : namedAt(app, via, facts.from);
  const self: NamedAt = { to: via, property: facts.from ?? '' };
  const sources = named.length > 0 ? named : [self];
  const targets =
    facts.to === undefined
      ? [{ to: via, property: named[0]?.property ?? facts.from ?? '' }]
      : facts.to
          .flatMap((path) => namedAt(app, via, path))
          .flatMap(({ to, property }) =>
            facts.through === undefined
              ? [{ to, property }]
              : facts.through
                  .flatMap((path) => namedAt(app, to, path))
                  .map((one) => ({ to: one.to, property })),
          );
  for (const source of sources)
    for (const { to: named, property } of targets) {
      const from = source.to;
      const to = standsFor(app, named);
      if (from === to || to.type === 'AWS::IAM::Role') continue;
      yield { kind: facts.kind, from, to, via, wires: [{ via, property }] };
    }
}

const passesOn = ({ type }: Resource): boolean => factsOf(type)?.passesOn === true;

/** Joins the steps over listeners and target groups, so that a load balancer sets off a service. */
function* joined(
  first: Trigger,
  steps: ReadonlyMap<Resource, readonly Trigger[]>,
  seen: ReadonlySet<Resource> = new Set(),
): Generator<Trigger> {
  if (!passesOn(first.to)) {
    yield first;
    return;
  }
  if (seen.has(first.to)) return;
  const within = new Set([...seen, first.to]);
  for (const next of steps.get(first.to) ?? [])
    yield* joined({ ...first, to: next.to, wires: [...first.wires, ...next.wires] }, steps, within);
}

const index = (triggers: readonly Trigger[], by: (trigger: Trigger) => Resource) => {
  const found = new Map<Resource, Trigger[]>();
  for (const trigger of triggers) {
    const list = found.get(by(trigger));
    if (list === undefined) found.set(by(trigger), [trigger]);
    else list.push(trigger);
  }
  return found;
};

const all = oncePerApp((app) => {
  const single: Trigger[] = [];
  const types = new Set(typesWith('triggers'));
  for (const via of app.resources)
    for (const facts of types.has(via.type) || via.type.startsWith('Custom::')
      ? (factsOf(via.type)?.triggers ?? [])
      : [])
      single.push(...read(app, via, facts));
  const steps = index(single, ({ from }) => from);
  const triggers = single.flatMap((one) => [...joined(one, steps)]);
  const whole = triggers.filter(({ from }) => !passesOn(from));
  return {
    from: index(triggers, ({ from }) => from),
    to: index(whole, ({ to }) => to),
    via: index(single, ({ via }) => via),
  };
});

/** What sets the resource off. Empty: nothing in the template does by itself. */
export const triggersOf = (app: Architecture, target: Resource): readonly Trigger[] =>
  all(app).to.get(target) ?? [];

/** What the resource sets off. */
export const triggeredBy = (app: Architecture, source: Resource): readonly Trigger[] =>
  all(app).from.get(source) ?? [];

/** What the resource itself wires together, step by step: a listener to its target groups, a subscription to its queue. */
export const wiredBy = (app: Architecture, via: Resource): readonly Trigger[] => all(app).via.get(via) ?? [];
