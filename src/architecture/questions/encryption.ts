/** Who holds the key of what is stored, from the properties that a type says it by. */
import { type Evidence, evidenceAt, show } from '../app/evidence.ts';
import type { Architecture, Resolved, Resource } from '../app/model.ts';
import { valuesAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { flagAt, isUnresolved, textAt } from '../app/values.ts';
import type { EncryptionFacts, KeyHolder } from '../types/facts.ts';
import { factsOf, typesWith } from '../types/lookup.ts';
import { standsFor } from './triggers.ts';

interface Encryption {
  readonly resource: Resource;
  readonly holder: KeyHolder;
  /** The key, where it is in the app. */
  readonly key?: Resource;
  readonly evidence: Evidence;
}

const awsAlias = /(^|\/)alias\/aws\//;

function holderOfKey(value: Resolved): KeyHolder {
  if (isUnresolved(value)) return 'unknown';
  return typeof value === 'string' && awsAlias.test(value) ? 'aws-managed' : 'customer';
}

/** With one of these the data came from elsewhere, and so did whether it is encrypted. */
const restoredFrom = [
  'SnapshotIdentifier',
  'DBSnapshotIdentifier',
  'SourceDBInstanceIdentifier',
  'GlobalClusterIdentifier',
];

function bySwitch(resource: Resource, property: string, facts: EncryptionFacts): KeyHolder {
  const flag = flagAt(resource.properties, property);
  if (isUnresolved(flag)) return 'unknown';
  if (flag !== undefined) return flag ? facts.on : (facts.off ?? 'none');
  return restoredFrom.some((name) => resource.properties[name] !== undefined) ? 'unknown' : facts.absent;
}

function read(app: Architecture, resource: Resource): Encryption[] {
  const type = factsOf(resource.type);
  const facts = type?.encryption;
  // What is a part of a cluster is encrypted as the cluster.
  if (facts === undefined || type?.owner?.some((property) => resource.properties[property] !== undefined))
    return [];
  const [named] = facts.key === undefined ? [] : [...valuesAt(resource.properties, facts.key)];
  if (named !== undefined && named.value !== '') {
    const [key] = app.namedIn(named.value);
    return [
      {
        resource,
        holder: holderOfKey(named.value),
        ...(key === undefined ? {} : { key: standsFor(app, key) }),
        evidence: show(resource, named.property),
      },
    ];
  }
  const { always, algorithm } = facts;
  if (always !== undefined && textAt(resource.properties, always.property) === always.is)
    return [{ resource, holder: facts.on, evidence: show(resource, always.property) }];
  if (algorithm !== undefined) {
    const name = textAt(resource.properties, algorithm);
    const holder = isUnresolved(name)
      ? 'unknown'
      : name?.startsWith('aws:kms')
        ? 'aws-managed'
        : facts.absent;
    return [{ resource, holder, evidence: show(resource, algorithm) }];
  }
  if (facts.switch !== undefined)
    return [
      { resource, holder: bySwitch(resource, facts.switch, facts), evidence: show(resource, facts.switch) },
    ];
  const property = facts.key ?? 'Type';
  const shows = `${property.split('.').at(-1)}: absent`;
  return [{ resource, holder: facts.absent, evidence: evidenceAt(resource, property, shows) }];
}

/** Of everything that keeps data and has a say in it, in the order of the template. */
export const encryptions = oncePerApp((app): readonly Encryption[] => {
  const types = new Set(typesWith('encryption'));
  return app.resources.filter(({ type }) => types.has(type)).flatMap((resource) => read(app, resource));
});
