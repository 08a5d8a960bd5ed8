/** The matrix of principals and data stores: what each may do to each, by which statement, and whether it needs to. */

import {
  type AccessLevel,
  type Answer,
  type Architecture,
  accessOf,
  describeStatement,
  type Identity,
  mayDo,
  type Resource,
  resourceRef,
  storeActions,
  storeKind,
  storeTypes,
} from '../../../architecture/index.ts';
import type { Unclear } from '../../finding.ts';
import type { AccessCell, AccessReport, Grant, MeasuredAction } from '../report.ts';
import { needOf } from './need.ts';

interface Levels {
  readonly read: Grant[];
  readonly write: Grant[];
  readonly admin: Grant[];
}

function addGrant(levels: Levels, level: AccessLevel, action: string, answer: Answer): void {
  if (answer.allowed === 'no') return;
  const { policy, statement, allowed, because } = answer;
  const at = statement?.path ?? policy?.path ?? 'unknown policy';
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
    evidence: { at, shows: statement === undefined ? (because ?? '') : describeStatement(statement) },
  });
}

/** What an identity may do to a store, grouped. */
function levelsOf(app: Architecture, identity: Identity, store: Resource): Levels {
  const levels: Levels = { read: [], write: [], admin: [] };
  for (const { action, level } of storeActions(store))
    addGrant(levels, level, action, mayDo(app, identity.resource, action, store));
  return levels;
}

/** Only what is wholly unknown: then the whole row is, and saying so once is enough. */
const isOnlyUnknown = (levels: Levels) =>
  [...levels.read, ...levels.write, ...levels.admin].every(
    ({ allowed, policy }) => allowed === 'cannot-tell' && policy === 'unknown policy',
  );

function build(app: Architecture, measured: readonly MeasuredAction[] | undefined): AccessReport {
  const model = accessOf(app);
  const stores = app.resources.filter(({ type }) => storeTypes().includes(type));
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
      const levels = levelsOf(app, identity, store);
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
