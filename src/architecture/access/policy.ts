/**
 * A policy document of a template made ready for the policy engine, three times over: as far as it is sure, with the
 * conditions taken as met, and with what could not be resolved taken as wide as it could be. A statement that the
 * engine's grammar refuses is kept only in the widest reading, and named.
 */

import {
  type ConditionBlock,
  type NamedPolicy,
  PolicyError,
  type PolicyKind,
  type PrincipalElement,
  parsePolicy,
  type Statement,
} from '../../iam/index.ts';
import type { Resolved, ResolvedObject, Resource } from '../app/model.ts';
import { isList, isMap, isUnresolved, valueAt } from '../app/values.ts';

export interface ReadStatement {
  readonly index: number;
  /** `Stack/LogicalId/Properties/PolicyDocument/Statement/2`. */
  readonly path: string;
  readonly effect: 'Allow' | 'Deny';
  /** Without what could not be resolved. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly Principal[];
  readonly conditions: ConditionBlock;
  /** Why the statement is not wholly known; empty when it is. */
  readonly unknown: readonly string[];
  /** As the engine takes it; with `*` for what is not known. */
  readonly widest: Statement;
}

interface Principal {
  readonly type: string;
  readonly name: string;
}

export type Reading = 'sure' | 'conditions' | 'possible';

export interface ReadPolicy {
  readonly name: string;
  readonly kind: PolicyKind;
  /** The resource whose property holds it; undefined for AWS managed policies. */
  readonly owner?: Resource;
  readonly path: string;
  readonly statements: readonly ReadStatement[];
  /** The whole document could not be resolved, and why. */
  readonly unknown?: string;
  /** Every reading is the same: no conditions, nothing unknown. */
  readonly isPlain: boolean;
  /** Whether some statement could allow an action of the service (in lower case). */
  readonly speaksOf: (service: string) => boolean;
  readonly readings: Readonly<Record<Reading, NamedPolicy>>;
  /** From the index of a statement in a reading to the statement. */
  readonly statementOf: (reading: Reading, index: number) => ReadStatement | undefined;
}

interface Texts {
  readonly known: string[];
  readonly unknown: string[];
}

function textsOf(value: Resolved | undefined): Texts {
  const known: string[] = [];
  const unknown: string[] = [];
  for (const one of value === undefined ? [] : isList(value) ? value : [value]) {
    if (typeof one === 'string' || typeof one === 'number') known.push(String(one));
    else if (isUnresolved(one)) unknown.push(one.reason);
    else if (isList(one)) for (const inner of one) if (typeof inner === 'string') known.push(inner);
  }
  return { known, unknown };
}

function principalsOf(value: Resolved | undefined): { known: Principal[]; unknown: string[] } {
  if (value === undefined) return { known: [], unknown: [] };
  if (value === '*') return { known: [{ type: 'AWS', name: '*' }], unknown: [] };
  if (isUnresolved(value)) return { known: [], unknown: [value.reason] };
  const known: Principal[] = [];
  const unknown: string[] = [];
  for (const [type, names] of Object.entries(isMap(value) ? value : {})) {
    const texts = textsOf(names);
    known.push(...texts.known.map((name) => ({ type, name })));
    unknown.push(...texts.unknown);
  }
  return { known, unknown };
}

function element(principals: readonly Principal[], unknown: boolean): PrincipalElement {
  if (unknown) return '*';
  const names = (wanted: string) => principals.filter(({ type }) => type === wanted).map(({ name }) => name);
  return {
    AWS: names('AWS'),
    Service: names('Service'),
    Federated: names('Federated'),
    CanonicalUser: names('CanonicalUser'),
  };
}

function conditionsOf(value: Resolved | undefined): { known: ConditionBlock; unknown: string[] } {
  const unknown: string[] = [];
  const known: Record<string, Record<string, string[]>> = {};
  if (isUnresolved(value)) return { known, unknown: [value.reason] };
  for (const [operator, keys] of Object.entries(isMap(value) ? value : {})) {
    if (isUnresolved(keys)) unknown.push(keys.reason);
    const block: Record<string, string[]> = {};
    for (const [key, values] of Object.entries(isMap(keys) ? keys : {})) {
      const list = isList(values) ? values : [values];
      const texts: string[] = [];
      for (const one of list)
        if (isUnresolved(one)) unknown.push(one.reason);
        else if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
          texts.push(String(one));
      block[key] = texts;
    }
    known[operator] = block;
  }
  return { known, unknown };
}

/**
 * What the grammar refuses, without what made-up names cause (principals, ARNs and ids that only look odd) and without
 * condition keys of identity providers, whose names have dots: `cognito-identity.amazonaws.com:aud`.
 */
function refusals(statement: Statement, kind: PolicyKind): string[] {
  try {
    parsePolicy({ Version: '2012-10-17', Statement: statement }, kind);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.problems
      .filter(
        ({ path, message }) =>
          !/^\/Statement(\/(Not)?(Principal|Resource|Sid)\b.*)?$/.test(path) &&
          !message.startsWith('Invalid condition key'),
      )
      .map(({ message }) => message);
  }
}

function readStatement(
  value: ResolvedObject,
  index: number,
  path: string,
  kind: PolicyKind,
): ReadStatement | undefined {
  const effect = value.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') return undefined;
  const action = textsOf(value.Action);
  const notAction = textsOf(value.NotAction);
  const resource = textsOf(value.Resource);
  const notResource = textsOf(value.NotResource);
  const principal = principalsOf(value.Principal);
  const notPrincipal = principalsOf(value.NotPrincipal);
  const condition = conditionsOf(value.Condition);
  const unknown = [action, notAction, resource, notResource, principal, notPrincipal, condition].flatMap(
    (part) => part.unknown,
  );
  const widest = (part: Texts) => (part.unknown.length > 0 ? ['*'] : part.known);
  const made: Statement = {
    Effect: effect,
    ...(value.NotAction === undefined ? { Action: widest(action) } : { NotAction: notAction.known }),
    ...(value.NotResource !== undefined
      ? { NotResource: notResource.known }
      : value.Resource !== undefined
        ? { Resource: widest(resource) }
        : {}),
    ...(kind === 'identity'
      ? {}
      : value.NotPrincipal === undefined
        ? { Principal: element(principal.known, principal.unknown.length > 0) }
        : { NotPrincipal: element(notPrincipal.known, notPrincipal.unknown.length > 0) }),
    ...(Object.keys(condition.known).length === 0 ? {} : { Condition: condition.known }),
  };
  return {
    index,
    path,
    effect,
    actions: action.known,
    notActions: notAction.known,
    resources: resource.known,
    notResources: notResource.known,
    principals: principal.known,
    conditions: condition.known,
    unknown: [...unknown, ...refusals(made, kind)],
    widest: made,
  };
}

const bare = ({ Condition: _, ...statement }: Statement): Statement => statement;

/** What a statement counts as in a reading; undefined: it does not count. */
function inReading({ effect, unknown, conditions, widest }: ReadStatement, reading: Reading) {
  const isSure = unknown.length === 0;
  if (effect === 'Allow') {
    if (reading === 'possible') return bare(widest);
    if (!isSure) return undefined;
    return reading === 'sure' ? widest : bare(widest);
  }
  // What may deny is taken as denying until the reading asks for what is possible.
  const isConditional = Object.keys(conditions).length > 0;
  if (reading === 'sure') return isSure ? widest : bare(widest);
  if (isConditional) return undefined;
  return isSure || reading === 'conditions' ? widest : undefined;
}

/** Services that statements which allow speak of; `*` for any. */
function servicesOf(statements: readonly ReadStatement[]): ReadonlySet<string> {
  const services = new Set<string>();
  for (const { effect, actions, notActions, unknown } of statements) {
    if (effect === 'Deny') continue;
    if (notActions.length > 0 || unknown.length > 0) services.add('*');
    for (const action of actions) {
      const service = /^([^:*?]+):/.exec(action)?.[1];
      services.add(service === undefined ? '*' : service.toLowerCase());
    }
  }
  return services;
}

interface PolicySource {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly owner?: Resource;
  /** `Stack/LogicalId/Properties/PolicyDocument`, or a managed policy's ARN. */
  readonly path: string;
}

export function readPolicy(given: Resolved | undefined, source: PolicySource): ReadPolicy {
  let document = given;
  if (typeof given === 'string')
    try {
      document = JSON.parse(given);
    } catch {
      document = undefined;
    }
  const listed = valueAt(document, 'Statement');
  const unknown = isUnresolved(document)
    ? document.reason
    : isUnresolved(listed)
      ? listed.reason
      : isMap(document)
        ? undefined
        : 'it is not a policy document';
  const statements: ReadStatement[] = [];
  const broken: string[] = [];
  const list = listed === undefined ? [] : isList(listed) ? listed : [listed];
  for (const [index, one] of list.entries()) {
    const path = `${source.path}/Statement${isList(listed) ? `/${index}` : ''}`;
    const read = isMap(one) ? readStatement(one, index, path, source.kind) : undefined;
    if (read !== undefined) statements.push(read);
    else broken.push(isUnresolved(one) ? one.reason : `statement ${index} cannot be read`);
  }
  const because = unknown ?? broken[0];
  const origins: Record<Reading, ReadStatement[]> = { sure: [], conditions: [], possible: [] };
  const make = (reading: Reading): NamedPolicy => {
    const Statement: Statement[] = [];
    for (const statement of statements) {
      const counted = inReading(statement, reading);
      if (counted === undefined) continue;
      Statement.push(counted);
      origins[reading].push(statement);
    }
    // A document that is not known could say anything, so it allows everything that is possible.
    if (because !== undefined && reading === 'possible') {
      const all = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
      Statement.push(source.kind === 'identity' ? all : { ...all, Principal: '*' });
    }
    return { name: source.name, document: { Version: '2012-10-17', Statement } };
  };
  const services = servicesOf(statements);
  return {
    ...source,
    statements,
    isPlain:
      because === undefined &&
      statements.every(
        ({ unknown, conditions }) => unknown.length === 0 && Object.keys(conditions).length === 0,
      ),
    speaksOf: (service) => because !== undefined || services.has('*') || services.has(service),
    ...(because === undefined ? {} : { unknown: because }),
    readings: { sure: make('sure'), conditions: make('conditions'), possible: make('possible') },
    statementOf: (reading, index) => origins[reading][index],
  };
}

export const conditionKeys = (statement: ReadStatement): string[] =>
  Object.values(statement.conditions).flatMap((keys) => Object.keys(keys));

/** A statement in one line: what it allows on what. */
export function describeStatement(statement: ReadStatement): string {
  const short = (texts: readonly string[]) =>
    texts.length > 3 ? `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more` : texts.join(', ');
  const actions =
    statement.notActions.length > 0
      ? `everything but ${short(statement.notActions)}`
      : short(statement.actions);
  const resources =
    statement.notResources.length > 0
      ? `everything but ${short(statement.notResources)}`
      : short(statement.resources);
  const keys = [...new Set(conditionKeys(statement))];
  const whom = [...new Set(statement.principals.map(({ name }) => name))];
  return [
    statement.effect,
    actions,
    resources === '' ? '' : `on ${resources}`,
    whom.length === 0 ? '' : `to ${short(whom)}`,
    keys.length === 0 ? '' : `if ${keys.join(', ')}`,
  ]
    .filter(Boolean)
    .join(' ');
}
