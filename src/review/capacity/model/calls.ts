/**
 * Calls between nodes, from what a caller may do (its role) and what it is told of (its environment). How often is not
 * in a template: once each is assumed, databases first, messages last. `calls` under load.work replaces all of it.
 */
import {
  accessOf,
  configurationOf,
  databasesBehind,
  deadLettersOf,
  factsOf,
  namedInPolicies,
  type Resource,
  rulesOnOwnEvents,
  standsFor,
  storeKind,
  toldOf,
} from '../../../architecture/index.ts';
import type { Work } from '../load/model.ts';
import type { Call } from '../simulator/model.ts';
import { assumed, type Draft, link, unclear } from './context.ts';
import { readsOf, writesOf } from './dynamodb.ts';
import { listUnknownPolicies, permitted } from './permission.ts';
import { receiversOf } from './triggers.ts';

const once = assumed(1, 'once, from its permission and environment; state calls under load.work');

/** The order of the calls: databases, then functions and endpoints, then messages. */
type Rank = 1 | 2 | 3;
interface Found {
  readonly rank: Rank;
  readonly call: Call;
  readonly because: string;
}

export function callsOf(draft: Draft, caller: Resource): readonly Call[] {
  const given = draft.work(caller)?.calls;
  if (given !== undefined) return statedCalls(draft, caller, given);
  listUnknownPolicies(draft, caller);
  const told = new Set(toldOf(draft.app, caller));
  const found: Found[] = [];
  for (const target of new Set([...told, ...namedInPolicies(draft.app, caller)]))
    if (target !== caller) found.push(...callsTo(draft, caller, target, told));
  found.push(...defaultBusCalls(draft, caller));
  const unique = new Map<string, Found>();
  for (const entry of found) {
    const known = unique.get(entry.call.to);
    if (known === undefined || entry.rank < known.rank) unique.set(entry.call.to, entry);
  }
  const sorted = [...unique.values()].sort((a, b) => a.rank - b.rank);
  for (const { call, because } of sorted)
    link(draft, {
      from: caller.id,
      to: call.to,
      how: call.how === 'send' ? 'send' : 'wait',
      because,
      assumed: true,
    });
  return sorted.map(({ call }) => call);
}

const wait = (rank: Rank, to: string, because: string): Found => ({
  rank,
  call: { to, how: 'wait', times: once },
  because,
});
const send = (to: string, because: string): Found => ({
  rank: 3,
  call: { to, how: 'send', times: once },
  because,
});

function callsTo(draft: Draft, caller: Resource, target: Resource, told: ReadonlySet<Resource>): Found[] {
  const { app, built } = draft;
  const may = (...actions: readonly string[]) => permitted(draft, caller, actions, target);
  const tells = configurationOf(app, caller).name;
  const because = (action: string) =>
    `${accessOf(app).runsAs(caller)?.resource.id ?? 'its role'} may ${action}${told.has(target) ? ` and ${tells} names it` : ''}`;
  const sends = (action: string): Found[] =>
    may(action) === undefined ? [] : receiversOf(draft, target).map(({ to }) => send(to.id, because(action)));
  switch (storeKind(target)) {
    case 'queue':
      // The CDK lets a function send to its own dead-letter queue; its code does not.
      if (!told.has(target) && deadLettersOf(app, caller).some(({ to }) => to === target)) return [];
      return built.has(target.id) && may('sqs:SendMessage') !== undefined
        ? [send(target.id, because('sqs:SendMessage'))]
        : [];
    case 'table': {
      if (!built.has(readsOf(target))) return [];
      const { read = [], write = [], consume = [] } = factsOf(target.type)?.store ?? {};
      const reads = may(...read.filter((action) => !consume.includes(action)));
      return [
        ...(reads === undefined ? [] : [wait(1, readsOf(target), because('read it'))]),
        ...(may(...write) === undefined ? [] : [wait(1, writesOf(target), because('write it'))]),
      ];
    }
    case 'topic':
      return sends('sns:Publish');
    case 'event-bus':
      return sends('events:PutEvents');
    case 'bucket':
      return sends('s3:PutObject');
    default:
      return [...databaseCalls(draft, target, told, tells), ...computeCalls(draft, caller, target, because)];
  }
}

/** Through a proxy when the caller is told of one: then it is the proxy's connections that count. */
function databaseCalls(
  draft: Draft,
  target: Resource,
  told: ReadonlySet<Resource>,
  tells: string,
): readonly Found[] {
  const { app, built } = draft;
  const isSecret = storeKind(target) === 'secret';
  if (!isSecret && !told.has(target)) return [];
  const because = isSecret ? `it may read ${target.name}, the database's secret` : `${tells} names it`;
  if (!isSecret && storeKind(target) !== 'database')
    return databasesBehind(app, target).length > 0 && built.has(target.id)
      ? [wait(1, target.id, because)]
      : [];
  const proxied = (database: Resource) =>
    [...told].some(
      (other) =>
        storeKind(other) === undefined &&
        built.has(other.id) &&
        databasesBehind(app, other).includes(database),
    );
  return databasesBehind(app, target)
    .filter((database) => built.has(database.id) && !proxied(database))
    .map(({ id }) => wait(1, id, because));
}

function computeCalls(
  draft: Draft,
  caller: Resource,
  target: Resource,
  because: (action: string) => string,
): readonly Found[] {
  const callee = standsFor(draft.app, target);
  const may = (...actions: readonly string[]) => permitted(draft, caller, actions, target) !== undefined;
  const kind = draft.built.get(callee.id)?.node.kind;
  if (kind === 'function' && callee !== caller && may('lambda:InvokeFunction'))
    return [wait(2, callee.id, because('lambda:InvokeFunction'))];
  if (kind === 'endpoint' && may('sagemaker:InvokeEndpoint'))
    return [wait(2, callee.id, because('sagemaker:InvokeEndpoint'))];
  if (
    target.type === 'AWS::StepFunctions::StateMachine' &&
    may('states:StartExecution', 'states:StartSyncExecution')
  )
    draft.notes.add(`${caller.name} may start ${target.name}: what it runs is not modelled.`);
  return [];
}

/** Who may put events on the account's default bus reaches the rules there, but for those on AWS's own events. */
function defaultBusCalls(draft: Draft, caller: Resource): Found[] {
  const rules = rulesOnOwnEvents(draft.app);
  if (rules.length === 0) return [];
  const { region, accountId } = caller.inStack;
  const arn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  const access = accessOf(draft.app);
  const identity = access.runsAs(caller);
  const answer = identity && access.may(identity, 'events:PutEvents', arn).allowed;
  if (answer !== 'yes' && answer !== 'conditions') return [];
  return rules
    .filter(({ inStack }) => inStack.region === region && inStack.accountId === accountId)
    .flatMap((rule) => receiversOf(draft, rule))
    .map(({ to }) => send(to.id, 'it may events:PutEvents on the default bus'));
}

function statedCalls(draft: Draft, from: Resource, given: NonNullable<Work['calls']>): readonly Call[] {
  return given.flatMap((entry): Call[] => {
    const target = draft.app.byId(entry.to);
    const kind = target && storeKind(target);
    const ids =
      target === undefined || kind !== 'table'
        ? [entry.to]
        : entry.what === 'read'
          ? [readsOf(target)]
          : entry.what === 'write'
            ? [writesOf(target)]
            : [readsOf(target), writesOf(target)];
    return ids.flatMap((to): Call[] => {
      if (!draft.built.has(to)) {
        unclear(draft, from, `call to ${entry.to}`, 'it is not part of the model');
        return [];
      }
      const how = entry.how ?? (kind === 'queue' ? 'send' : 'wait');
      link(draft, { from: from.id, to, how, because: 'stated under load', assumed: false });
      return [
        {
          to,
          how,
          ...(entry.times === undefined ? {} : { times: entry.times }),
          ...(entry.probability === undefined ? {} : { probability: entry.probability }),
          ...(entry.retry === undefined ? {} : { retry: entry.retry }),
        },
      ];
    });
  });
}
