/**
 * What a role may do, from its inline, attached and managed policies, by the policy engine. Statements that cannot be
 * read are left out and listed; without a readable policy nothing is allowed.
 */

import {
  type Architecture,
  isList,
  isMap,
  listAt,
  type Resource,
  valueAt,
} from '../../../architecture/index.ts';
import { awsManagedPolicy } from '../../../iam/aws-managed-policies.ts';
import { evaluate, type NamedPolicy, PolicyError, parsePolicy } from '../../../iam/index.ts';
import { containsUnresolved, type Resolved } from '../../../template/index.ts';

export interface Permissions {
  /** Does the role allow one of the actions on the ARN? */
  readonly may: (role: Resource | undefined, actions: readonly string[], arn: string) => boolean;
  /** Resources that the role's statements name. */
  readonly names: (role: Resource | undefined) => readonly Resource[];
}

interface RolePolicies {
  readonly policies: readonly NamedPolicy[];
  readonly named: readonly Resource[];
}

export function permissionsOf(
  app: Architecture,
  unreadable: (resource: Resource, because: string) => void,
): Permissions {
  const known = new Map<string, RolePolicies>();
  const decisions = new Map<string, boolean>();
  const read = (role: Resource): RolePolicies => {
    const found = known.get(role.id);
    if (found) return found;
    const documents: { name: string; document: Resolved | undefined; of: Resource }[] = listAt(
      role.properties,
      'Policies',
    ).map((policy, index) => ({
      name: `${role.logicalId}.${index}`,
      document: valueAt(policy, 'PolicyDocument'),
      of: role,
    }));
    for (const { to: _, ...policy } of attached(app, role)) documents.push(policy);
    const policies = documents.flatMap(({ name, document, of }) => readable(name, document, of, unreadable));
    for (const arn of listAt(role.properties, 'ManagedPolicyArns')) {
      const document = typeof arn === 'string' ? awsManagedPolicy(arn) : undefined;
      if (document !== undefined) policies.push({ name: String(arn), document });
    }
    const named = [...new Set(documents.flatMap(({ document }) => app.namedIn(document)))];
    const result = { policies, named };
    known.set(role.id, result);
    return result;
  };
  const allows = (role: Resource, action: string, arn: string): boolean => {
    const key = `${role.id} ${action} ${arn}`;
    const cached = decisions.get(key);
    if (cached !== undefined) return cached;
    const accountId = role.inStack.accountId;
    const roleArn = `arn:aws:iam::${accountId}:role/${role.logicalId}`;
    const arnOfSession = `arn:aws:sts::${accountId}:assumed-role/${role.logicalId}/capacity`;
    const decision = evaluate(
      { kind: 'role-session', arn: arnOfSession, accountId, roleArn },
      { action, resource: arn, context: {} },
      { identity: read(role).policies, resourceAccountId: accountId },
    );
    decisions.set(key, decision.effect === 'allow');
    return decision.effect === 'allow';
  };
  return {
    may: (role, actions, arn) => role !== undefined && actions.some((action) => allows(role, action, arn)),
    names: (role) => (role === undefined ? [] : read(role).named),
  };
}

function attached(app: Architecture, role: Resource) {
  return role.usedBy
    .flatMap(({ to }) => {
      if (to.type !== 'AWS::IAM::Policy' && to.type !== 'AWS::IAM::ManagedPolicy') return [];
      if (!app.namedIn(valueAt(to.properties, 'Roles')).includes(role)) return [];
      return [{ to, name: to.logicalId, document: valueAt(to.properties, 'PolicyDocument'), of: to }];
    })
    .concat(
      app
        .namedIn(valueAt(role.properties, 'ManagedPolicyArns'))
        .flatMap((to) =>
          to.type === 'AWS::IAM::ManagedPolicy'
            ? [{ to, name: to.logicalId, document: valueAt(to.properties, 'PolicyDocument'), of: to }]
            : [],
        ),
    )
    .filter((entry, index, all) => all.findIndex(({ to }) => to === entry.to) === index);
}

/** Statement by statement, so that one that cannot be known does not take the others with it. */
function readable(
  name: string,
  document: Resolved | undefined,
  of: Resource,
  unreadable: (resource: Resource, because: string) => void,
): NamedPolicy[] {
  return listAt(document, 'Statement').flatMap((statement): NamedPolicy[] => {
    if (!isMap(statement)) return [];
    const resource = statement.Resource;
    const known = isList(resource)
      ? resource.filter((item) => containsUnresolved(item).length === 0)
      : resource;
    const body = { ...statement, ...(known === undefined ? {} : { Resource: known }) };
    if (containsUnresolved(body).length > 0 || (isList(known) && known.length === 0)) {
      unreadable(of, 'a statement whose actions, resources or conditions are not known before deployment');
      return [];
    }
    try {
      const version = { Version: '2012-10-17', Statement: [body] };
      return [{ name, document: parsePolicy(version, 'identity') }];
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      unreadable(of, `a statement that IAM would refuse: ${error.message}`);
      return [];
    }
  });
}
