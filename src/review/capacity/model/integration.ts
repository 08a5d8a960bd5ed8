/** The nodes that a route or method of an API leads to, through its integration. Anything unknown is listed by name. */
import {
  isUnresolved,
  namedInPolicies,
  type Resource,
  rolesOf,
  rulesOnOwnEvents,
  storeActions,
  storeKind,
  textAt,
  triggeredBy,
  wiredBy,
} from '../../../architecture/index.ts';
import { parseArn } from '../../../core/arn.ts';
import type { Call } from '../simulator/model.ts';
import { type Draft, propertyOf, unclear } from './context.ts';
import { readsOf, writesOf } from './dynamodb.ts';
import { receiversOf } from './triggers.ts';

interface IntegrationCalls {
  readonly calls: readonly Call[];
  /** The property of the integration that says so. */
  readonly because: string;
}

/**
 * @param route the route, the method, or an API with one target
 * @param integration what holds the URI, which may be the same
 */
export function callsBehind(
  draft: Draft,
  route: Resource,
  integration: Resource,
  path: string,
): IntegrationCalls {
  const because = propertyOf(integration, path);
  const uri = textAt(integration.properties, path);
  const service = serviceOf(integration, uri);
  const triggers = wiredBy(draft.app, route).filter(({ wires }) => wires[0]?.property !== 'AuthorizerId');
  // In the order of the properties: a template of the request may name more than what is called.
  for (const property of new Set(triggers.map(({ wires }) => wires[0]?.property))) {
    const calls = triggers
      .filter(({ wires }) => wires[0]?.property === property)
      .flatMap(({ to }) => callsInto(draft, to, integration, uri));
    if (calls.length > 0) return { calls, because };
  }
  if (isUnresolved(uri)) {
    unclear(draft, integration, path, uri.reason);
    return { calls: [], because };
  }
  // An integration that calls a service itself may not name the resource; its role does.
  const [role] = rolesOf(draft.app, integration);
  const granted = role === undefined || service === undefined ? [] : namedInPolicies(draft.app, role);
  const [found = []] = granted
    .filter(({ arn }) => parseArn(arn)?.service === service)
    .map((target) => callsInto(draft, target, integration, uri))
    .filter((calls) => calls.length > 0);
  const onDefaultBus = service === 'events' && found.length === 0 ? rulesOnOwnEvents(draft.app) : [];
  const calls = [...found, ...onDefaultBus.flatMap((rule) => sends(draft, rule))];
  if (calls.length === 0)
    unclear(
      draft,
      integration,
      path,
      service !== undefined && service !== 'lambda'
        ? `an integration with ${service} is not modelled; it is assumed to take no time`
        : 'what it calls is not part of the model; it is assumed to take no time',
    );
  return { calls, because };
}

/** `sqs`, of `arn:aws:apigateway:us-east-1:sqs:path/…` or of the subtype `SQS-SendMessage`. */
function serviceOf(integration: Resource, uri: unknown): string | undefined {
  const arn = parseArn(typeof uri === 'string' ? uri : undefined);
  if (arn?.service === 'apigateway') return arn.account;
  const subtype = textAt(integration.properties, 'IntegrationSubtype');
  const name = typeof subtype === 'string' ? subtype.split('-')[0]?.toLowerCase() : undefined;
  return name === 'eventbridge' ? 'events' : name;
}

function callsInto(
  draft: Draft,
  target: Resource,
  integration: Resource,
  uri: unknown,
  passed: ReadonlySet<Resource> = new Set(),
): readonly Call[] {
  const node = draft.built.get(target.id)?.node;
  if (node?.kind === 'function' || node?.kind === 'workers') return [{ to: target.id, how: 'wait' }];
  switch (storeKind(target)) {
    case 'queue':
      return node === undefined ? [] : [{ to: target.id, how: 'send' }];
    case 'table': {
      const name = /action\/(\w+)/.exec(String(uri))?.[1];
      const isWrite = storeActions(target).some(
        ({ action, level }) => level === 'write' && action === `dynamodb:${name}`,
      );
      return [{ to: isWrite ? writesOf(target) : readsOf(target), how: 'wait' }];
    }
    case 'topic':
    case 'event-bus':
      return sends(draft, target);
    default:
      if (target.type === 'AWS::StepFunctions::StateMachine')
        draft.notes.add(`${integration.name} starts ${target.name}: what it runs is not modelled.`);
      // VPC links, listeners and load balancers pass requests on.
      return triggeredBy(draft.app, target).flatMap(({ kind, to }) =>
        kind !== 'request' || passed.has(to)
          ? []
          : callsInto(draft, to, integration, uri, new Set([...passed, target])),
      );
  }
}

const sends = (draft: Draft, source: Resource): readonly Call[] =>
  receiversOf(draft, source).map(({ to }): Call => ({ to: to.id, how: 'send' }));
