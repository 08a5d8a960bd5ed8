/** The matrix of principals and data stores: what each may do to each, by which statement, and whether it needs to. */

import { type Architecture, type Resource, resourceRef } from '../../../architecture/index.ts';
import type { Unclear } from '../../finding.ts';
import type { AccessCell, AccessLevel, AccessReport, Grant, MeasuredAction } from '../report.ts';
import type { Identity } from './identities.ts';
import { type AccessModel, type Answer, accessOf } from './model.ts';
import { needOf } from './need.ts';
import { describe, type ReadPolicy, type ReadStatement } from './policy.ts';
import { arnOfResource, storeActions, storeKind, storeTypes } from './stores.ts';

const serviceOf = (action: string) =>
  action.includes(':') ? (action.split(':')[0] ?? '').toLowerCase() : '*';

/** The text before the first wildcard. */
const head = (pattern: string) => /^[^*?]*/.exec(pattern)?.[0] ?? '';

/**
 * Whether a statement could have to do with the store, by service and by the start of its ARNs: cheap, and never no
 * where the engine would say yes.
 */
function concerns(statement: ReadStatement, services: ReadonlySet<string>, arn: string): boolean {
  if (statement.effect === 'Deny') return false;
  if (statement.unknown.length > 0 || statement.notActions.length > 0) return true;
  const isSpokenOf = statement.actions.some((action) => {
    const service = serviceOf(action);
    return service === '*' || services.has(service);
  });
  if (!isSpokenOf) return false;
  if (statement.resources.length === 0) return true;
  return statement.resources.some((pattern) => {
    const start = head(pattern);
    return arn.startsWith(start) || start.startsWith(arn) || pattern.includes('${');
  });
}

function mayConcern(model: AccessModel, identity: Identity, store: Resource): boolean {
  const services = new Set(storeActions(store).map(({ action }) => serviceOf(action)));
  const arn = arnOfResource(store).replace(/:$/, '');
  if (identity.unknownPolicies.length > 0) return true;
  const isOwn = identity.policies.some(
    ({ statements, unknown }) =>
      unknown !== undefined || statements.some((statement) => concerns(statement, services, arn)),
  );
  if (isOwn) return true;
  return model
    .policiesAt(store)
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

/**
 * What to ask with: the store's ARN, and every part of it that the policies name (`…/jobs/*` is asked as `…/jobs/any`),
 * because being allowed a part is being allowed something.
 */
function arnsToAsk(store: Resource, part: string | undefined, named: readonly string[]): string[] {
  const arn = arnOfResource(store);
  const own = part === undefined ? arn : `${arn}${part}`;
  const base = storeKind(store) === 'log-group' ? arn.replace(/:$/, '') : arn;
  // AWS puts six random characters behind a secret's name, which policies may match with `-??????`.
  const suffixed = storeKind(store) === 'secret' ? [`${arn}-AbCdEf`] : [];
  const parts = named
    .filter((text) => text.startsWith(base) && text !== arn)
    .map((text) => text.replaceAll(/[*?]+/g, 'any'));
  return [...new Set([own, ...suffixed, ...parts])];
}

function namedResources(policies: readonly ReadPolicy[]): string[] {
  return policies.flatMap(({ statements }) => statements.flatMap(({ resources }) => resources));
}

const rank: Readonly<Record<Answer['allowed'], number>> = { yes: 3, conditions: 2, 'cannot-tell': 1, no: 0 };

function best(answers: readonly Answer[]): Answer | undefined {
  return answers.reduce<Answer | undefined>(
    (found, one) => (found === undefined || rank[one.allowed] > rank[found.allowed] ? one : found),
    undefined,
  );
}

interface Levels {
  readonly read: Grant[];
  readonly write: Grant[];
  readonly admin: Grant[];
}

function addGrant(levels: Levels, level: AccessLevel, action: string, answer: Answer): void {
  if (answer.allowed === 'no') return;
  const { policy, statement, allowed, because } = answer;
  const at = statement?.at ?? policy?.at ?? 'unknown policy';
  const list = levels[level];
  const same = list.findIndex((grant) => grant.evidence.at === at && grant.allowed === allowed);
  const found = list[same];
  if (found !== undefined) {
    list[same] = { ...found, actions: [...new Set([...found.actions, action])] };
    return;
  }
  list.push({
    actions: [action],
    allowed,
    policy: policy?.name ?? 'unknown policy',
    evidence: { at, shows: statement === undefined ? (because ?? '') : describe(statement) },
  });
}

/** What an identity may do to a store, grouped. */
function levelsOf(model: AccessModel, identity: Identity, store: Resource): Levels {
  const levels: Levels = { read: [], write: [], admin: [] };
  const standing = model.policiesAt(store);
  const named = namedResources([...identity.policies, ...standing]);
  for (const { action, level, part } of storeActions(store)) {
    const answers = arnsToAsk(store, part, named).map((arn) => model.may(identity, action, arn, store));
    const answer = best(answers);
    if (answer !== undefined) addGrant(levels, level, action, answer);
  }
  return levels;
}

/** Only what is wholly unknown: then the whole row is, and saying so once is enough. */
const isOnlyUnknown = (levels: Levels) =>
  [...levels.read, ...levels.write, ...levels.admin].every(
    ({ allowed, policy }) => allowed === 'cannot-tell' && policy === 'unknown policy',
  );

function build(app: Architecture, measured: readonly MeasuredAction[] | undefined): AccessReport {
  const model = accessOf(app);
  const stores = app.resources.filter(({ type }) => storeTypes.includes(type));
  const unclear: Unclear[] = [];
  const cells: AccessCell[] = [];
  for (const identity of model.identities) {
    const isOpen = identity.unknownPolicies.length > 0;
    if (isOpen)
      unclear.push({
        resource: resourceRef(identity.resource),
        what: `what ${identity.unknownPolicies.join(', ')} allows`,
        because: 'the text of this policy is not known here',
      });
    const found = new Map<Resource, Levels>();
    for (const store of stores) {
      if (!mayConcern(model, identity, store)) continue;
      const levels = levelsOf(model, identity, store);
      if (levels.read.length + levels.write.length + levels.admin.length === 0) continue;
      if (!(isOpen && isOnlyUnknown(levels))) found.set(store, levels);
    }
    const reached = new Set([...found.keys()].map(({ id }) => id));
    for (const [store, levels] of found) {
      const need = needOf({
        app,
        identity,
        store,
        reached,
        ...(measured === undefined ? {} : { measured }),
      });
      // Nearly everything may write to any log group; only who may read or delete other's logs is of interest.
      const isOnlyLogging = levels.read.length + levels.admin.length === 0 && need.verdict === 'not-named';
      if (storeKind(store) === 'log-group' && isOnlyLogging) continue;
      cells.push({ principal: identity.resource.id, store: store.id, ...levels, need });
    }
  }
  return {
    principals: model.identities.map(({ resource, runs, trust, unknownPolicies }) => ({
      resource: resourceRef(resource),
      runs: runs.map(resourceRef),
      trusts: [
        ...new Set(
          (trust?.statements ?? [])
            .filter(({ effect }) => effect === 'Allow')
            .flatMap(({ principals }) => principals.map(({ name }) => name)),
        ),
      ],
      unknownPolicies,
    })),
    stores: stores.flatMap((store) => {
      const kind = storeKind(store);
      return kind === undefined ? [] : [{ resource: resourceRef(store), kind }];
    }),
    cells,
    unclear,
  };
}

const reports = new WeakMap<Architecture, AccessReport>();

export function accessReport(app: Architecture, measured?: readonly MeasuredAction[]): AccessReport {
  if (measured !== undefined) return build(app, measured);
  const known = reports.get(app);
  if (known !== undefined) return known;
  const report = build(app, undefined);
  reports.set(app, report);
  return report;
}
