/**
 * Where load comes in besides APIs: load balancers, function URLs, schedules, queues, topics, buckets and buses that
 * nothing in the app feeds, and functions that nothing else calls (those only when the load names them).
 */
import {
  entriesFromInternet,
  factsOf,
  isUnresolved,
  type Resource,
  rulesOnDefaultBus,
  storeKind,
  textAt,
  triggeredBy,
  triggersOf,
} from '../../../architecture/index.ts';
import { type Draft, enter, link, notModelled, propertyOf, unclear } from './context.ts';
import { intervalOf } from './schedule.ts';
import { receiversOf, receives } from './triggers.ts';

export function buildEntries(draft: Draft): void {
  balancersAndUrls(draft);
  schedules(draft);
  const reached = linked(draft, (how) => how !== 'takes');
  const consumed = linked(draft, (how) => how === 'takes');
  for (const { node, resource } of draft.built.values()) {
    if (node.kind !== 'queue' || reached.has(node.id)) continue;
    // What a topic, bucket or bus brings is that one's entry.
    const isFed = triggersOf(draft.app, resource).some(({ kind }) => kind === 'event');
    const byDefault = consumed.has(node.id) && !isFed;
    enter(draft, { id: resource.name, to: node.id, how: 'send', resource, byDefault });
  }
  sources(draft);
  const entered = new Set(draft.entries.map(({ to }) => to));
  const fed = linked(draft, (how) => how !== 'takes');
  for (const { node, resource } of draft.built.values()) {
    if (node.kind !== 'function' && node.kind !== 'workers' && node.kind !== 'endpoint') continue;
    if (node.kind === 'workers' && node.takes.kind === 'messages') continue;
    if (!fed.has(node.id) && !entered.has(node.id))
      enter(draft, { id: resource.name, to: node.id, how: 'wait', resource, byDefault: false });
  }
  // Without any other source of load, everything that can be called is an entry.
  if (!draft.entries.some(({ byDefault }) => byDefault))
    draft.entries.splice(0, Infinity, ...draft.entries.map((entry) => ({ ...entry, byDefault: true })));
}

/** The nodes that links of these kinds lead to. */
const linked = (draft: Draft, wanted: (how: string) => boolean): ReadonlySet<string> =>
  new Set([...draft.links.values()].flatMap(({ to, how }) => (wanted(how) ? [to] : [])));

/** What takes requests for a function or for workers without being a node itself. */
function balancersAndUrls(draft: Draft): void {
  const open = new Set(entriesFromInternet(draft.app).map((entry) => entry.resource));
  const listed = new Set(draft.notModelled.map((entry) => entry.resource.id));
  for (const from of draft.app.resources) {
    const facts = factsOf(from.type);
    if (facts?.entry === undefined || draft.built.has(from.id) || listed.has(from.id)) continue;
    const requests = triggeredBy(draft.app, from).filter(({ kind }) => kind === 'request');
    for (const to of new Set(requests.map((trigger) => trigger.to))) {
      const node = draft.built.get(to.id)?.node;
      if (node?.kind !== 'function' && node?.kind !== 'workers') continue;
      const isFed = [...draft.links.values()].some((one) => one.to === to.id);
      link(draft, {
        from: from.id,
        to: to.id,
        how: 'wait',
        because: `${from.name} forwards to it`,
        assumed: false,
      });
      if (draft.entries.some((entry) => entry.to === to.id)) continue;
      const id = from.type === 'AWS::Lambda::Url' ? `${to.name} URL` : to.name;
      enter(draft, { id, to: to.id, how: 'wait', resource: from, byDefault: open.has(from) || !isFed });
    }
  }
}

function schedules(draft: Draft): void {
  for (const schedule of draft.app.resources) {
    const expression = textAt(schedule.properties, 'ScheduleExpression');
    const fired = triggeredBy(draft.app, schedule).filter(({ kind }) => kind === 'schedule');
    if (expression === undefined || fired.length === 0) continue;
    if (textAt(schedule.properties, 'State') === 'DISABLED') {
      notModelled(draft, schedule, 'it is not enabled');
      continue;
    }
    const interval = isUnresolved(expression) ? undefined : intervalOf(expression);
    for (const { to, wires } of fired) {
      if (!receives(draft, to)) continue;
      if (interval === undefined)
        unclear(
          draft,
          schedule,
          'ScheduleExpression',
          'its interval cannot be read from the expression; the schedule is left out',
        );
      const because = propertyOf(schedule, wires[0]?.property ?? '');
      link(draft, { from: schedule.id, to: to.id, how: 'send', because, assumed: false });
      const source = propertyOf(schedule, 'ScheduleExpression');
      enter(draft, {
        id: schedule.name,
        to: to.id,
        how: 'send',
        resource: schedule,
        byDefault: interval !== undefined,
        ...(interval === undefined || isUnresolved(expression)
          ? {}
          : {
              rate: { rate: { kind: 'steady', rate: { value: 1 / interval, source } }, text: expression },
            }),
      });
    }
  }
}

const publishing = new Set(['topic', 'bucket', 'event-bus']);

/** Topics, buckets and buses whose receivers no node of the model calls or sends to. */
function sources(draft: Draft): void {
  const fed = new Set(
    [...draft.links.values()]
      .filter(({ from, how }) => draft.built.has(from) && (how === 'send' || how === 'wait'))
      .map(({ to }) => to),
  );
  const from = (rulesOrSource: readonly Resource[], fromId: string, id: string, resource: Resource) => {
    const receivers = rulesOrSource.flatMap((one) => receiversOf(draft, one)).map(({ to }) => to);
    const targets = [...new Set(receivers)];
    for (const { id: to, name } of targets) {
      if (fed.has(to)) continue;
      link(draft, { from: fromId, to, how: 'send', because: `subscribed to ${id}`, assumed: false });
      const known = draft.entries.findIndex((other) => other.to === to && !other.byDefault);
      if (known >= 0) draft.entries.splice(known, 1);
      enter(draft, {
        id: targets.length === 1 ? id : `${id} → ${name}`,
        to,
        how: 'send',
        resource,
        byDefault: true,
      });
    }
  };
  for (const source of draft.app.resources)
    if (publishing.has(storeKind(source) ?? '')) from([source], source.id, source.name, source);
  const rules = rulesOnDefaultBus(draft.app);
  const [rule] = rules;
  if (rule !== undefined) from(rules, 'default bus', 'default event bus', rule);
}
