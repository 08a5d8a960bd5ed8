/**
 * The policies that stand at resources: of buckets, queues, topics, keys, secrets, functions, repositories, APIs and
 * the like. Several on one resource are one policy.
 */

import type { Architecture, Resolved, ResolvedObject, Resource } from '../app/model.ts';
import { flagAt, isMap, isUnresolved, listAt, textAt } from '../app/values.ts';
import { factsOf, typesWith } from '../types/lookup.ts';
import { type ReadPolicy, readPolicy } from './policy.ts';

/** Every resource policy of the app by the id of the resource that it stands at. */
export function readResourcePolicies(app: Architecture): ReadonlyMap<string, readonly ReadPolicy[]> {
  const found = new Map<string, ReadPolicy[]>();
  const add = (target: Resource, policy: ReadPolicy) => {
    const list = found.get(target.id);
    if (list === undefined) found.set(target.id, [policy]);
    else list.push(policy);
  };
  for (const holder of app.ofType(...typesWith('policies')))
    for (const { target, document } of factsOf(holder.type)?.policies ?? []) {
      const value = document
        .split('.')
        .reduce<Resolved | undefined>((here, key) => (isMap(here) ? here[key] : here), holder.properties);
      if (value === undefined) continue;
      const policy = readPolicy(value, {
        name: holder.logicalId,
        kind: 'resource',
        owner: holder,
        path: `${holder.id}/Properties/${document.replaceAll('.', '/')}`,
      });
      const targets =
        target === undefined
          ? [holder]
          : listAt(holder.properties, target).flatMap((name) =>
              typeof name === 'string' ? (app.named(name) ?? []) : [],
            );
      for (const one of targets) add(one, policy);
    }
  for (const permission of app.ofType('AWS::Lambda::Permission')) {
    const name = textAt(permission.properties, 'FunctionName');
    const target = typeof name === 'string' ? functionOf(app.named(name), app) : undefined;
    if (target !== undefined) add(target, permissionPolicy(permission));
  }
  for (const permission of app.ofType('AWS::Events::EventBusPolicy')) {
    const name = textAt(permission.properties, 'EventBusName');
    const target = typeof name === 'string' ? app.named(name) : undefined;
    if (target !== undefined) add(target, busPolicy(permission));
  }
  return found;
}

/** Permissions on an alias or a version are permissions on its function. */
function functionOf(resource: Resource | undefined, app: Architecture): Resource | undefined {
  if (resource?.type !== 'AWS::Lambda::Alias' && resource?.type !== 'AWS::Lambda::Version') return resource;
  const name = textAt(resource.properties, 'FunctionName');
  return typeof name === 'string' ? app.named(name) : undefined;
}

/** As AWS writes a permission into the function's policy. */
function permissionPolicy(permission: Resource): ReadPolicy {
  const { Action, Principal, SourceArn, SourceAccount, PrincipalOrgID, FunctionUrlAuthType } =
    permission.properties;
  const isService = typeof Principal === 'string' && /\.amazonaws\.com(\.cn)?$/.test(Principal);
  const conditions: Record<string, ResolvedObject> = {};
  if (SourceArn !== undefined) conditions.ArnLike = { 'AWS:SourceArn': SourceArn };
  const equals: Record<string, Resolved> = {};
  if (SourceAccount !== undefined) equals['AWS:SourceAccount'] = SourceAccount;
  if (PrincipalOrgID !== undefined) equals['aws:PrincipalOrgID'] = PrincipalOrgID;
  if (FunctionUrlAuthType !== undefined) equals['lambda:FunctionUrlAuthType'] = FunctionUrlAuthType;
  if (Object.keys(equals).length > 0) conditions.StringEquals = equals;
  if (flagAt(permission.properties, 'InvokedViaFunctionUrl') === true)
    conditions.Bool = { 'lambda:InvokedViaFunctionUrl': 'true' };
  const who: Resolved =
    Principal === '*' ? '*' : isService ? { Service: Principal } : { AWS: Principal ?? '*' };
  return readPolicy(
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: who,
        Action: Action ?? 'lambda:InvokeFunction',
        Resource: '*',
        Condition: conditions,
      },
    },
    {
      name: permission.logicalId,
      kind: 'resource',
      owner: permission,
      path: `${permission.id}/Properties`,
    },
  );
}

/** EventBridge takes a statement, or the older form with an account and an action. */
function busPolicy(permission: Resource): ReadPolicy {
  const { Statement, Principal, Action, Condition } = permission.properties;
  const older: ResolvedObject = {
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: Principal ?? '*' },
    Action: Action ?? 'events:PutEvents',
    Resource: '*',
    ...(isMap(Condition)
      ? { Condition: { [String(Condition.Type)]: { [String(Condition.Key)]: Condition.Value ?? '' } } }
      : {}),
  };
  return readPolicy(
    { Version: '2012-10-17', Statement: isUnresolved(Statement) ? Statement : (Statement ?? older) },
    { name: permission.logicalId, kind: 'resource', owner: permission, path: `${permission.id}/Properties` },
  );
}
