/** What IAM's operations share: the identities, and the checks AWS makes on names and documents. */

import { createHash } from 'node:crypto';
import { formatArn } from '../../../core/arn.ts';
import {
  type AwsManagedPolicy,
  explainUnknownAwsPolicy,
  findAwsManagedPolicy,
  isAwsManagedPolicy,
} from '../../../iam/aws-managed-policies.ts';
import { type PolicyDocument, PolicyError, type PolicyKind, parsePolicy } from '../../../iam/index.ts';
import type { IdentityStore, ManagedPolicyRecord, RoleRecord, UserRecord } from '../../iam/identity-store.ts';
import { paging } from '../../paging.ts';
import { type AccessCheck, AwsError, type ServiceEnvironment, thrownBy } from '../../service.ts';

export interface IamContext {
  readonly env: ServiceEnvironment;
  readonly identities: IdentityStore;
}

/** `AROA…`, `AIDA…`, `ANPA…`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const uniqueId = (env: ServiceEnvironment, prefix: string): string =>
  `${prefix}${env.randomId(17).toUpperCase()}`;

export function checkName(kind: string, name: string | undefined, max: number): string {
  if (!name || name.length > max || !/^[\w+=,.@-]+$/.test(name))
    throw new AwsError(
      'ValidationError',
      `The specified value for ${kind} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_- and be at most ${max} characters; got '${name ?? ''}'`,
    );
  return name;
}

const malformed = (message: string) => new AwsError('MalformedPolicyDocumentException', message);

export function readDocument(text: string | undefined, kind: PolicyKind): PolicyDocument {
  try {
    return parsePolicy(text ?? '', kind);
  } catch (error) {
    if (error instanceof PolicyError) throw malformed(error.message);
    throw error;
  }
}

/** A role's trust policy: whom it names must be there. */
export function readTrustPolicy({ env }: IamContext, text: string | undefined): PolicyDocument {
  const document = readDocument(text, 'trust');
  const [unknown] = env.unknownPrincipals(document);
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: "AWS":"${unknown}"`);
  return document;
}

/** A managed policy: of an inline one AWS takes the older version too. */
export function readManagedPolicy(text: string | undefined): PolicyDocument {
  const document = readDocument(text, 'identity');
  if (document.Version !== '2012-10-17')
    throw malformed('Policy document must be version 2012-10-17 or greater.');
  return document;
}

export function findRole({ identities }: IamContext, name: string | undefined): RoleRecord {
  const role = identities.roles.get(name ?? '');
  if (!role) throw notFound(`The role with name ${name} cannot be found.`);
  return role;
}

export function findUser({ identities }: IamContext, name: string | undefined): UserRecord {
  const user = identities.users.get(name ?? '');
  if (!user) throw notFound(`The user with name ${name} cannot be found.`);
  return user;
}

export function findPolicy({ identities }: IamContext, arn: string | undefined): ManagedPolicyRecord {
  const policy = identities.policies.get(arn ?? '');
  if (!policy) throw notFound(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

/** A managed policy of the account or of AWS, for what only reads. */
export function findAnyPolicy(context: IamContext, arn: string | undefined): PolicyToShow {
  const policy = isAwsManagedPolicy(arn ?? '') ? findAwsManagedPolicy(arn ?? '') : undefined;
  return policy ? shownAwsPolicy(policy) : findPolicy(context, arn);
}

/** The documents of older versions are not in the list of AWS's policies. */
export const shownAwsPolicy = ({ document, versions, ...policy }: AwsManagedPolicy): PolicyToShow => ({
  ...policy,
  // AWS's own ids are not in the list either: one that stays the same.
  id: `ANPA${createHash('sha256').update(policy.arn).digest('hex').slice(0, 17).toUpperCase()}`,
  versions: versions.map((version) =>
    version.id === policy.defaultVersionId ? { ...version, document } : version,
  ),
  tags: {},
});

/** Attaching what is not known would deny in silence later: refused now, by name. */
export function checkAttachable({ identities }: IamContext, arn: string | undefined): string {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
  if (arn && isAwsManagedPolicy(arn) && arn.includes(':policy/aws-service-role/'))
    throw new AwsError(
      'PolicyNotAttachable',
      `Cannot attach a Service Role Policy to a customer role: ${arn} is for a service-linked role alone.`,
    );
  if (arn && identities.managedPolicy(arn)) return arn;
  const why = arn && isAwsManagedPolicy(arn) ? ` (${explainUnknownAwsPolicy(arn)})` : '';
  throw notFound(`Policy ${arn} does not exist or is not attachable.${why}`);
}

/** Of AWS's own policies it is known before anything is made which there are. */
export function* unattachable(context: IamContext, arn: string | undefined): Generator<AwsError> {
  if (arn && isAwsManagedPolicy(arn)) yield* thrownBy(() => checkAttachable(context, arn));
}

/** Of lists: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const page = paging({
  defaultLimit: 100,
  maxLimit: 1000,
  invalidToken: (marker) => new AwsError('ValidationError', `Invalid Marker: ${marker}`),
});

export const notFound = (message: string) => new AwsError('NoSuchEntityException', message, 404);
export const exists = (message: string) => new AwsError('EntityAlreadyExistsException', message, 409);
export const conflict = (message: string) => new AwsError('DeleteConflictException', message, 409);

export const onRole =
  (context: IamContext, action: string) =>
  (input: { RoleName?: string | undefined; Path?: string | undefined }): AccessCheck => ({
    action: `iam:${action}`,
    resource:
      context.identities.roles.get(input.RoleName ?? '')?.arn ?? roleArn(context, input.Path, input.RoleName),
  });

export const onUser =
  (context: IamContext, action: string) =>
  (input: { UserName?: string | undefined; Path?: string | undefined }): AccessCheck => ({
    action: `iam:${action}`,
    resource:
      context.identities.users.get(input.UserName ?? '')?.arn ??
      formatArn({
        service: 'iam',
        account: context.env.accountId,
        resource: `user${input.Path ?? '/'}${input.UserName ?? ''}`,
      }),
  });

export const onPolicy =
  (action: string) =>
  (input: { PolicyArn?: string | undefined }): AccessCheck => ({
    action: `iam:${action}`,
    resource: input.PolicyArn ?? '*',
  });

export const roleArn = ({ env }: IamContext, path: string | undefined, name: string | undefined): string =>
  formatArn({ service: 'iam', account: env.accountId, resource: `role${path ?? '/'}${name ?? ''}` });

export const tagRecord = (
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
) => Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));

/** AWS leaves tags out where there are none. */
const shownTags = (tags: Readonly<Record<string, string>>) => {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return Tags.length > 0 ? { Tags } : {};
};

/** IAM returns documents URL-encoded. */
export const encodeDocument = (document: PolicyDocument): string =>
  encodeURIComponent(JSON.stringify(document));

export function changeRole(
  context: IamContext,
  name: string | undefined,
  change: (role: RoleRecord) => Partial<RoleRecord>,
): void {
  const role = findRole(context, name);
  context.identities.roles.put(role.name, { ...role, ...change(role) });
  context.identities.changed();
}

export function changeUser(
  context: IamContext,
  name: string | undefined,
  change: (user: UserRecord) => Partial<UserRecord>,
): void {
  const user = findUser(context, name);
  context.identities.users.put(user.name, { ...user, ...change(user) });
  context.identities.changed();
}

export const without = <V>(record: Readonly<Record<string, V>>, ...keys: string[]): Record<string, V> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Of the answers only GetRole tells when a role was last used, which AWS tells with a delay of hours: nothing yet. */
export const describeRole = (role: RoleRecord) => ({
  ...describeNewRole(role),
  MaxSessionDuration: role.maxSessionDuration,
});

/** What CreateRole answers. */
export const describeNewRole = (role: RoleRecord) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
  ...(role.description === undefined ? {} : { Description: role.description }),
  ...(role.boundaryArn
    ? {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
          PermissionsBoundaryArn: role.boundaryArn,
        },
      }
    : {}),
  ...shownTags(role.tags),
});

export const describeUser = (user: UserRecord) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: user.arn,
  CreateDate: new Date(user.createdAt),
  ...shownTags(user.tags),
});

/** A managed policy without the documents that only a version's own description needs. */
export interface PolicyToShow extends Omit<ManagedPolicyRecord, 'versions'> {
  readonly versions: readonly {
    readonly id: string;
    readonly createdAt: number;
    readonly document?: PolicyDocument;
  }[];
}

export const describePolicy = ({ identities }: IamContext, policy: PolicyToShow) => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersionId,
  AttachmentCount:
    [...identities.roles.values()].filter((role) => role.attachedPolicyArns.includes(policy.arn)).length +
    [...identities.users.values()].filter((user) => user.attachedPolicyArns.includes(policy.arn)).length,
  IsAttachable: true,
  CreateDate: new Date(policy.createdAt),
  UpdateDate: new Date(policy.versions.at(-1)?.createdAt ?? policy.createdAt),
  ...(policy.description === undefined ? {} : { Description: policy.description }),
  PermissionsBoundaryUsageCount: [...identities.roles.values(), ...identities.users.values()].filter(
    ({ boundaryArn }) => boundaryArn === policy.arn,
  ).length,
  ...shownTags(policy.tags),
});
