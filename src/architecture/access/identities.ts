/**
 * The roles and users of an app with every policy attached to them, wherever it is written: inline, apart, managed
 * here or by AWS, through groups; and what runs as them. A managed policy whose text is not known is named.
 */

import { awsManagedPolicy } from '../../iam/aws-managed-policies.ts';
import type { NamedPolicy, PolicyDocument } from '../../iam/index.ts';
import type { Architecture, Resolved, Resource } from '../app/model.ts';
import { isMap, isUnresolved, listAt, textAt } from '../app/values.ts';
import { factsOf } from '../types/lookup.ts';
import { type ReadPolicy, readPolicy } from './policy.ts';

export interface Identity {
  readonly resource: Resource;
  readonly kind: 'role' | 'user';
  readonly name: string;
  readonly policies: readonly ReadPolicy[];
  readonly boundary?: ReadPolicy;
  /** It has a boundary whose text is not known here. */
  readonly unknownBoundary?: string;
  readonly trust?: ReadPolicy;
  /** Managed policies whose text is not known here, and what could not be resolved, as texts. */
  readonly unknownPolicies: readonly string[];
  readonly runs: readonly Resource[];
}

const policyHolders = [
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
];

/** As Ref gives it. */
export function identityName(resource: Resource): string {
  const chosen = textAt(resource.properties, factsOf(resource.type)?.name ?? '');
  return typeof chosen === 'string' && chosen !== '' ? chosen : `{${resource.id}}`;
}

interface Attached {
  readonly policies: ReadPolicy[];
  readonly unknown: string[];
}

/** Property by which a role is handed to what runs as it. */
const rolePath =
  /\/(\w*Role(Arn|ARN|s)?|Credentials(Arn)?|CustomResourceRole|authenticated|unauthenticated)(\/|$)/i;
const notCompute =
  /^AWS::IAM::|Policy$|^AWS::Lambda::Permission$|^AWS::KMS::|^AWS::EKS::AccessEntry|^AWS::SSM::Parameter$/;

function runningAs(role: Resource): Resource[] {
  const found = new Set<Resource>();
  for (const { to, path, kind } of role.usedBy) {
    if (kind !== 'value') continue;
    if (to.type === 'AWS::IAM::InstanceProfile') for (const link of to.usedBy) found.add(link.to);
    else if (!notCompute.test(to.type) && !to.type.startsWith('Custom::') && rolePath.test(path))
      found.add(to);
  }
  return [...found];
}

export function readIdentities(app: Architecture): Identity[] {
  const groups = new Map<string, Attached>();
  const attachedTo = new Map<string, Attached>();
  const managedHere = new Map<string, ReadPolicy>();
  const attach = (key: string): Attached => {
    const found = attachedTo.get(key) ?? { policies: [], unknown: [] };
    attachedTo.set(key, found);
    return found;
  };

  for (const holder of app.ofType(...policyHolders)) {
    const chosen = textAt(holder.properties, 'PolicyName') ?? textAt(holder.properties, 'ManagedPolicyName');
    const policy = readPolicy(holder.properties.PolicyDocument, {
      name: typeof chosen === 'string' ? chosen : holder.logicalId,
      kind: 'identity',
      owner: holder,
      path: `${holder.id}/Properties/PolicyDocument`,
    });
    managedHere.set(holder.id, policy);
    for (const property of ['Roles', 'Users', 'Groups', 'RoleName', 'UserName', 'GroupName'])
      for (const name of listAt(holder.properties, property))
        if (typeof name === 'string')
          attach(`${property.replace(/Name$/, 's')} ${name}`).policies.push(policy);
  }

  const managed = (arns: readonly Resolved[], into: Attached) => {
    for (const arn of arns) {
      if (isUnresolved(arn)) into.unknown.push(arn.reason);
      if (typeof arn !== 'string') continue;
      const here = app.named(arn);
      const own = here === undefined ? undefined : managedHere.get(here.id);
      const document = awsManagedPolicy(arn);
      if (own !== undefined) {
        if (!into.policies.includes(own)) into.policies.push(own);
      } else if (document !== undefined) into.policies.push(readAwsPolicy(arn, document));
      else into.unknown.push(arn);
    }
  };

  for (const resource of app.ofType('AWS::IAM::Group')) {
    const into = attach(`Groups ${identityName(resource)}`);
    inline(resource, into);
    managed(listAt(resource.properties, 'ManagedPolicyArns'), into);
    groups.set(identityName(resource), into);
  }

  return app.ofType('AWS::IAM::Role', 'AWS::IAM::User').map((resource): Identity => {
    const kind = resource.type === 'AWS::IAM::Role' ? 'role' : 'user';
    const name = identityName(resource);
    const into: Attached = { policies: [], unknown: [] };
    inline(resource, into);
    const apart = attachedTo.get(`${kind === 'role' ? 'Roles' : 'Users'} ${name}`);
    if (apart !== undefined) into.policies.push(...apart.policies);
    managed(listAt(resource.properties, 'ManagedPolicyArns'), into);
    for (const group of groupsOf(resource, name, app)) {
      into.policies.push(...(groups.get(group)?.policies ?? []));
      into.unknown.push(...(groups.get(group)?.unknown ?? []));
    }
    const boundaryArn = resource.properties.PermissionsBoundary;
    const bounding: Attached = { policies: [], unknown: [] };
    if (boundaryArn !== undefined) managed([boundaryArn], bounding);
    const boundary = bounding.policies[0];
    const unknownBoundary = boundary === undefined ? bounding.unknown[0] : undefined;
    return {
      resource,
      kind,
      name,
      policies: into.policies,
      unknownPolicies: into.unknown,
      runs: kind === 'role' ? runningAs(resource) : [],
      ...(boundary === undefined ? {} : { boundary }),
      ...(unknownBoundary === undefined ? {} : { unknownBoundary }),
      ...(kind === 'user'
        ? {}
        : {
            trust: readPolicy(resource.properties.AssumeRolePolicyDocument, {
              name: 'trust policy',
              kind: 'trust',
              owner: resource,
              path: `${resource.id}/Properties/AssumeRolePolicyDocument`,
            }),
          }),
    };
  });
}

function groupsOf(user: Resource, name: string, app: Architecture): string[] {
  const own = listAt(user.properties, 'Groups').filter((group) => typeof group === 'string');
  const added = app
    .ofType('AWS::IAM::UserToGroupAddition')
    .filter(({ properties }) => listAt(properties, 'Users').includes(name))
    .flatMap(({ properties }) => textAt(properties, 'GroupName') ?? [])
    .filter((group) => typeof group === 'string');
  return [...own, ...added];
}

function inline(resource: Resource, into: Attached): void {
  for (const [index, one] of listAt(resource.properties, 'Policies').entries()) {
    if (isUnresolved(one)) into.unknown.push(one.reason);
    if (!isMap(one)) continue;
    const name = textAt(one, 'PolicyName');
    into.policies.push(
      readPolicy(one.PolicyDocument, {
        name: typeof name === 'string' ? name : `Policies/${index}`,
        kind: 'identity',
        owner: resource,
        path: `${resource.id}/Properties/Policies/${index}/PolicyDocument`,
      }),
    );
  }
}

const awsPolicies = new Map<string, ReadPolicy>();

function readAwsPolicy(arn: string, document: PolicyDocument): ReadPolicy {
  const known = awsPolicies.get(arn);
  if (known !== undefined) return known;
  const read = readPolicy(JSON.stringify(document), { name: arn, kind: 'identity', path: arn });
  awsPolicies.set(arn, read);
  return read;
}

export const namedPolicies = (
  policies: readonly ReadPolicy[],
  reading: 'sure' | 'conditions' | 'possible',
): NamedPolicy[] => policies.map((policy) => policy.readings[reading]);
