/**
 * Whether a principal needs what it is granted: does the configuration of what runs as it name the store, does AWS
 * itself need it, or was it seen to use it in a measured run. A name that code alone knows is not seen here.
 */

import {
  type Architecture,
  type Evidence,
  type Identity,
  identityName,
  type Resource,
  storeKind,
  textsIn,
} from '../../../architecture/index.ts';
import type { MeasuredAction, Need } from '../report.ts';

const isPolicy = (resource: Resource) =>
  /^AWS::IAM::(Role|User|Group|Policy|ManagedPolicy|RolePolicy)$|Policy$|^AWS::Lambda::Permission$/.test(
    resource.type,
  );

const evidence = (at: Resource, path: string, shows: string): Evidence => ({ at: `${at.id}${path}`, shows });

/** Names the store, or a thing that stands for it: its parameter, its attachment, its alias. */
function naming(by: Resource, store: Resource): Evidence | undefined {
  for (const { to, path, kind } of by.uses) {
    if (kind !== 'value') continue;
    if (to === store) return evidence(by, path, `names ${store.name}`);
    const isStandIn =
      /^AWS::(SSM::Parameter|SecretsManager::Secret|SecretsManager::SecretTargetAttachment|KMS::Alias|RDS::DBProxy|S3::AccessPoint|RDS::DBInstance|Lambda::Alias)$/.test(
        to.type,
      );
    if (isStandIn && to.uses.some((link) => link.to === store && link.kind === 'value'))
      return evidence(by, path, `names ${to.name}, which names ${store.name}`);
    const attached = to.usedBy.find(
      (link) => link.to.type === 'AWS::SecretsManager::SecretTargetAttachment' && link.kind === 'value',
    );
    if (attached?.to.uses.some((link) => link.to === store))
      return evidence(by, path, `names ${to.name}, the secret of ${store.name}`);
  }
  return undefined;
}

function implied(compute: Resource, store: Resource): Evidence | undefined {
  for (const { to, path, kind } of store.uses)
    if (to === compute && kind === 'value')
      return evidence(store, path, `${store.name} is set to call ${compute.name}`);
  if (storeKind(store) !== 'log-group') return undefined;
  for (const { text } of textsIn(store.properties.LogGroupName))
    if (text.includes(compute.logicalId))
      return evidence(store, '/Properties/LogGroupName', `the log group of ${compute.name}`);
  return undefined;
}

/** What points at the compute and, in the same breath, at the store: event sources, custom resources, targets. */
function between(compute: Resource, store: Resource): Evidence | undefined {
  for (const { to: other, kind } of compute.usedBy) {
    if (kind !== 'value' || isPolicy(other)) continue;
    for (const { to, path } of other.uses)
      if (to === store && other !== store)
        return evidence(other, path, `${other.name} connects ${store.name} and ${compute.name}`);
    // A custom resource names the provider's framework, which calls the function.
    if (other.type !== 'AWS::Lambda::Function') continue;
    for (const custom of other.usedBy)
      for (const { to, path } of custom.to.uses)
        if (to === store && /^Custom::|CustomResource$/.test(custom.to.type))
          return evidence(custom.to, path, `${custom.to.name} hands it to ${compute.name}`);
  }
  return undefined;
}

/** A key is needed by whoever may touch what it encrypts. */
function keyOf(store: Resource, reached: ReadonlySet<string>): Evidence | undefined {
  if (storeKind(store) !== 'key') return undefined;
  for (const { to, path, kind } of store.usedBy) {
    if (kind === 'value' && reached.has(to.id)) return evidence(to, path, `${to.name} is encrypted with it`);
    if (to.type === 'AWS::KMS::Alias')
      for (const link of to.usedBy)
        if (reached.has(link.to.id)) return evidence(link.to, link.path, 'is encrypted with it');
  }
  return undefined;
}

const isPrincipal = (measured: MeasuredAction, { resource }: Identity) => {
  const name = identityName(resource);
  return [resource.id, resource.logicalId, name].some(
    (one) => measured.principal === one || measured.principal.endsWith(`/${one}`),
  );
};

export function measuredOf(
  identity: Identity,
  store: Resource,
  measured: readonly MeasuredAction[],
  app: Architecture,
): MeasuredAction[] {
  return measured.filter(
    (one) =>
      isPrincipal(one, identity) &&
      (one.resource === store.id || app.named(one.resource) === store || one.resource === store.logicalId),
  );
}

interface NeedInput {
  readonly app: Architecture;
  readonly identity: Identity;
  readonly store: Resource;
  /** Ids of the stores that the identity may touch. */
  readonly reached: ReadonlySet<string>;
  /** Absent: nothing was measured. */
  readonly measured?: readonly MeasuredAction[];
}

export function needOf({ app, identity, store, reached, measured }: NeedInput): Need {
  if (measured?.some((one) => isPrincipal(one, identity))) {
    const used = measuredOf(identity, store, measured, app);
    const actions = [...new Set(used.map(({ action }) => action))];
    return used.length > 0
      ? { verdict: 'measured', evidence: [{ at: 'measured run', shows: `used ${actions.join(', ')}` }] }
      : {
          verdict: 'unused',
          evidence: [{ at: 'measured run', shows: 'it used other things, but never this' }],
        };
  }
  if (identity.runs.length === 0) {
    const own = naming(identity.resource, store);
    if (own !== undefined && !own.at.includes('/Polic')) return { verdict: 'named', evidence: [own] };
    return { verdict: 'cannot-tell', evidence: [] };
  }
  for (const compute of identity.runs) {
    const named = naming(compute, store);
    if (named !== undefined) return { verdict: 'named', evidence: [named] };
  }
  for (const compute of identity.runs) {
    const found = implied(compute, store) ?? between(compute, store);
    if (found !== undefined) return { verdict: 'implied', evidence: [found] };
  }
  const key = keyOf(store, reached);
  if (key !== undefined) return { verdict: 'implied', evidence: [key] };
  return { verdict: 'not-named', evidence: [] };
}
