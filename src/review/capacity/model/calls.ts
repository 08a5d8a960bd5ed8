/**
 * Calls between nodes, from what a caller may do (its role) and what it is told of (its environment). How often is not
 * in a template: once each is assumed, databases first, messages last. `calls` under load.work replaces all of it.
 */
import { type Resource, textsIn } from '../../../architecture/index.ts';
import type { Work } from '../load/model.ts';
import type { Call } from '../simulator/model.ts';
import { behindProxy } from './connections.ts';
import { assumed, type Draft, link, unclear } from './context.ts';
import { readsOf, writesOf } from './dynamodb.ts';
import { environmentOf, failureTarget, functionOf } from './function.ts';
import type { Permissions } from './permissions.ts';
import { triggersOf } from './triggers.ts';

const once = assumed(1, 'once, from its permission and environment; state calls under load.work');

const reads = ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'].map(
  (name) => `dynamodb:${name}`,
);
const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'].map(
  (name) => `dynamodb:${name}`,
);

/** Sorted by this: look things up, ask others, then tell. */
type Rank = 1 | 2 | 3;
interface Found {
  readonly rank: Rank;
  readonly call: Call;
  readonly because: string;
}

export interface Caller {
  readonly resource: Resource;
  /** Whose environment says what it is told of: the function, or the task definition. */
  readonly told: Resource;
  readonly role: Resource | undefined;
}

export function callsOf(draft: Draft, permissions: Permissions, caller: Caller): readonly Call[] {
  const given = draft.work(caller.resource)?.calls;
  if (given !== undefined) return statedCalls(draft, caller.resource, given);
  const environment = environmentOf(caller.told);
  const told = new Set(environment.flatMap((value) => draft.app.namedIn(value)));
  const candidates = new Set([...told, ...permissions.names(caller.role)]);
  const found: Found[] = [];
  for (const target of candidates) {
    if (target === caller.resource) continue;
    found.push(...callsTo(draft, permissions, caller, target, told.has(target)));
  }
  found.push(...defaultBusCalls(draft, permissions, caller));
  const unique = new Map<string, Found>();
  for (const entry of found) {
    const known = unique.get(entry.call.to);
    if (known === undefined || entry.rank < known.rank) unique.set(entry.call.to, entry);
  }
  const sorted = [...unique.values()].sort((a, b) => a.rank - b.rank);
  for (const { call, because } of sorted)
    link(draft, {
      from: caller.resource.id,
      to: call.to,
      how: call.how === 'send' ? 'send' : 'wait',
      because,
      assumed: true,
    });
  return sorted.map(({ call }) => call);
}

function callsTo(
  draft: Draft,
  permissions: Permissions,
  caller: Caller,
  target: Resource,
  told: boolean,
): Found[] {
  const arn = target.arn;
  const may = (...actions: string[]) => permissions.may(caller.role, actions, arn);
  const because = (action: string) =>
    `${caller.role?.id ?? 'its role'} may ${action}${told ? ` and ${caller.told.name} names it` : ''}`;
  const wait = (to: string, rank: Rank, why: string): Found[] =>
    draft.built.has(to) ? [{ rank, call: { to, how: 'wait', times: once }, because: why }] : [];
  const send = (to: string, why: string): Found[] => [
    { rank: 3, call: { to, how: 'send', times: once }, because: why },
  ];
  switch (target.type) {
    case 'AWS::SQS::Queue':
      // The CDK lets a function send to its own dead-letter queue; its code does not.
      if (!told && failureTarget(draft, caller.resource) === target) return [];
      return may('sqs:SendMessage') && draft.built.has(target.id)
        ? send(target.id, because('sqs:SendMessage'))
        : [];
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return [
        ...(may(...reads) ? wait(readsOf(target), 1, because('read it')) : []),
        ...(may(...writes) ? wait(writesOf(target), 1, because('write it')) : []),
      ];
    case 'AWS::Lambda::Function':
    case 'AWS::Lambda::Alias':
    case 'AWS::Lambda::Version': {
      const behind = functionOf(
        draft,
        target.type === 'AWS::Lambda::Function' ? arn : target.properties.FunctionName,
      );
      if (behind === undefined || behind === caller.resource || !may('lambda:InvokeFunction')) return [];
      return [
        {
          rank: 2,
          call: { to: behind.id, how: 'wait', times: once },
          because: because('lambda:InvokeFunction'),
        },
      ];
    }
    case 'AWS::SageMaker::Endpoint':
      return may('sagemaker:InvokeEndpoint') ? wait(target.id, 2, because('sagemaker:InvokeEndpoint')) : [];
    case 'AWS::SNS::Topic':
      return may('sns:Publish')
        ? triggersOf(draft, target).flatMap(({ to }) => send(to, because('sns:Publish')))
        : [];
    case 'AWS::Events::EventBus':
      return may('events:PutEvents')
        ? triggersOf(draft, target).flatMap(({ to }) => send(to, because('events:PutEvents')))
        : [];
    case 'AWS::S3::Bucket':
      return permissions.may(caller.role, ['s3:PutObject'], `${arn}/*`)
        ? triggersOf(draft, target).flatMap(({ to }) => send(to, because('s3:PutObject')))
        : [];
    case 'AWS::StepFunctions::StateMachine':
      if (may('states:StartExecution', 'states:StartSyncExecution'))
        draft.notes.add(`${caller.resource.name} may start ${target.name}: what it runs is not modelled.`);
      return [];
    case 'AWS::RDS::DBProxy':
    case 'AWS::RDS::DBCluster':
    case 'AWS::RDS::DBInstance':
      // Through a proxy it is the proxy's connections that count.
      if (target.type !== 'AWS::RDS::DBProxy' && usesProxyOf(draft, caller, target)) return [];
      return told ? wait(clusterOf(draft, target), 1, `${caller.told.name} names it`) : [];
    case 'AWS::SecretsManager::Secret':
      return databasesOfSecret(draft, target).flatMap((database) =>
        usesProxyOf(draft, caller, database)
          ? []
          : wait(clusterOf(draft, database), 1, `it may read ${target.name}, the database's secret`),
      );
    default:
      return [];
  }
}

const clusterOf = (draft: Draft, database: Resource): string =>
  draft.built.has(database.id)
    ? database.id
    : (draft.app.namedIn(database.properties.DBClusterIdentifier)[0]?.id ?? database.id);

/** Whether the caller is told of a proxy that stands before the database. */
const usesProxyOf = (draft: Draft, caller: Caller, database: Resource): boolean =>
  environmentOf(caller.told)
    .flatMap((value) => draft.app.namedIn(value))
    .some(
      (other) =>
        other.type === 'AWS::RDS::DBProxy' && behindProxy(draft, other)?.id === clusterOf(draft, database),
    );

const databasesOfSecret = (draft: Draft, secret: Resource): readonly Resource[] =>
  draft.app
    .ofType('AWS::SecretsManager::SecretTargetAttachment')
    .filter(({ properties }) => draft.app.namedIn(properties.SecretId).includes(secret))
    .flatMap(({ properties }) => draft.app.namedIn(properties.TargetId))
    .filter(({ type }) => type === 'AWS::RDS::DBInstance' || type === 'AWS::RDS::DBCluster');

/** Rules without a bus of their own listen to the account's default one; who may put events there reaches them. */
function defaultBusCalls(draft: Draft, permissions: Permissions, caller: Caller): Found[] {
  const { region, accountId } = caller.resource.inStack;
  const arn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  if (!permissions.may(caller.role, ['events:PutEvents'], arn)) return [];
  const told = environmentOf(caller.told).some((value) =>
    [...textsIn(value)].some(({ text }) => /event-?bus|^default$/i.test(text)),
  );
  return triggersOf(draft, undefined)
    .filter(({ rule }) => rule?.inStack.region === region && rule.inStack.accountId === accountId)
    .filter(({ rule }) => !/"aws\./.test(JSON.stringify(rule?.properties.EventPattern?.valueOf() ?? {})))
    .map(({ to }) => ({
      rank: 3,
      call: { to, how: 'send', times: once },
      because: `it may events:PutEvents on the default bus${told ? ', which it is told of' : ''}`,
    }));
}

function statedCalls(draft: Draft, from: Resource, given: NonNullable<Work['calls']>): readonly Call[] {
  return given.flatMap((entry): Call[] => {
    const target = draft.app.byId(entry.to);
    const isTable = target?.type.startsWith('AWS::DynamoDB::') === true;
    const ids =
      !isTable || target === undefined
        ? [entry.to]
        : entry.what === 'read'
          ? [readsOf(target)]
          : entry.what === 'write'
            ? [writesOf(target)]
            : [readsOf(target), writesOf(target)];
    return ids.flatMap((to): Call[] => {
      if (!draft.built.has(to) && target?.type !== 'AWS::Lambda::Function') {
        unclear(draft, from, `call to ${entry.to}`, 'it is not part of the model');
        return [];
      }
      const how = entry.how ?? (target?.type === 'AWS::SQS::Queue' ? 'send' : 'wait');
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
