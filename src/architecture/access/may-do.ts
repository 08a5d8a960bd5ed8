/**
 * May this resource (or role, or user) do this to that: the one answer that every section gets. A part of a store (the
 * objects of a bucket, a prefix of them) counts as the store, because being allowed a part is being allowed something.
 */
import type { Architecture, Resource } from '../app/model.ts';
import type { Identity } from './identities.ts';
import { type AccessModel, type Answer, accessOf, nothingAllows } from './model.ts';
import type { ReadPolicy, ReadStatement } from './policy.ts';
import { storeActions, storeKind } from './stores.ts';

const serviceOf = (action: string) =>
  action.includes(':') ? (action.split(':')[0] ?? '').toLowerCase() : '*';

/** The text before the first wildcard. */
const head = (pattern: string) => /^[^*?]*/.exec(pattern)?.[0] ?? '';

/** Without the `*` that references to a log group have. */
const askedArn = (resource: Resource): string => resource.arn.replace(/:\*$/, ':');

/** Where the ARNs begin that a statement may allow something of the service on; `''` is any. */
function startsOf(statement: ReadStatement, service: string): readonly string[] {
  if (statement.effect === 'Deny') return [];
  if (statement.unknown.length > 0 || statement.notActions.length > 0) return [''];
  const isSpokenOf = statement.actions.some((action) => {
    const of = serviceOf(action);
    return of === '*' || of === service;
  });
  if (!isSpokenOf) return [];
  if (statement.resources.length === 0) return [''];
  return statement.resources.map((pattern) => (pattern.includes('${') ? '' : head(pattern)));
}

const starts = new WeakMap<Identity, Map<string, readonly string[]>>();

/** The same of all policies of an identity. */
function startsOfIdentity(identity: Identity, service: string): readonly string[] {
  const byService = starts.get(identity) ?? new Map<string, readonly string[]>();
  starts.set(identity, byService);
  const known = byService.get(service);
  if (known !== undefined) return known;
  const found = new Set(
    identity.policies.flatMap(({ statements, unknown, speaksOf }) =>
      unknown !== undefined
        ? ['']
        : speaksOf(service)
          ? statements.flatMap((statement) => startsOf(statement, service))
          : [],
    ),
  );
  const result = found.has('') || identity.unknownPolicies.length > 0 ? [''] : [...found];
  byService.set(service, result);
  return result;
}

/**
 * Whether the policies could have to do with the resource, by service and by the start of its ARN: cheap, and never no
 * where the engine would say yes.
 */
function mayConcern(model: AccessModel, identity: Identity, on: Resource, service: string): boolean {
  const arn = askedArn(on).replace(/:$/, '');
  const isOwn = startsOfIdentity(identity, service).some(
    (start) => arn.startsWith(start) || start.startsWith(arn),
  );
  if (isOwn) return true;
  return model
    .policiesAt(on)
    .some(
      ({ statements, unknown }) =>
        unknown !== undefined ||
        statements.some(
          ({ effect, principals, unknown: inside }) =>
            effect === 'Allow' &&
            (inside.length > 0 ||
              principals.some(({ name }) => name === '*' || name.includes(identity.name))),
        ),
    );
}

/** Every part of it that the policies name: `…/jobs/*` is asked as `…/jobs/any`. */
function partsNamed(on: Resource, policies: readonly ReadPolicy[]): readonly string[] {
  const arn = askedArn(on);
  const kind = storeKind(on);
  const base = kind === 'log-group' ? arn.replace(/:$/, '') : arn;
  const found = new Set<string>();
  // AWS puts six random characters behind a secret's name, which policies may match with `-??????`.
  if (kind === 'secret') found.add(`${arn}-AbCdEf`);
  for (const { statements } of policies)
    for (const { resources } of statements)
      for (const text of resources)
        if (text.startsWith(base) && text !== arn) found.add(text.replaceAll(/[*?]+/g, 'any'));
  return [...found];
}

const rank: Readonly<Record<Answer['allowed'], number>> = { yes: 3, conditions: 2, 'cannot-tell': 1, no: 0 };

/** What was found out of one identity and one resource that its policies may concern. */
interface Pair {
  parts?: readonly string[];
  readonly answers: Map<string, Answer>;
}

function decide(model: AccessModel, identity: Identity, action: string, on: Resource, pair: Pair): Answer {
  let best = nothingAllows;
  pair.parts ??= partsNamed(on, [...identity.policies, ...model.policiesAt(on)]);
  const part = storeActions(on).find((one) => one.action === action)?.part ?? '';
  for (const arn of new Set([`${askedArn(on)}${part}`, ...pair.parts])) {
    const answer = model.may(identity, action, arn, on);
    if (rank[answer.allowed] > rank[best.allowed]) best = answer;
    if (best.allowed === 'yes') break;
  }
  return best;
}

const known = new WeakMap<Identity, Map<Resource, Pair>>();

/**
 * @param who what runs (a function, a service, a task definition, an instance, a state machine), or a role or user
 * @param action such as `sqs:ReceiveMessage`; of what an app does to data, not a pattern
 */
export function mayDo(app: Architecture, who: Resource, action: string, on: Resource): Answer {
  const model = accessOf(app);
  const identity = model.identityOf(who) ?? model.runsAs(who);
  if (identity === undefined) return nothingAllows;
  const pairs = known.get(identity) ?? new Map<Resource, Pair>();
  known.set(identity, pairs);
  const found = pairs.get(on)?.answers.get(action);
  if (found !== undefined) return found;
  // Nothing is kept of these: in a large app they are nearly all pairs.
  if (!mayConcern(model, identity, on, serviceOf(action))) return nothingAllows;
  const pair = pairs.get(on) ?? { answers: new Map<string, Answer>() };
  pairs.set(on, pair);
  const answer = decide(model, identity, action, on, pair);
  pair.answers.set(action, answer);
  return answer;
}
