/**
 * Who exists in an account and what they may do: roles, users, access keys, managed policies and sessions, durable.
 * The edge asks ./accounts.ts who signed a call and which policies apply; the IAM and STS services change them.
 */
import { formatArn } from '../../core/arn.ts';
import type { Clock } from '../../core/clock.ts';
import { awsManagedPolicy } from '../../iam/aws-managed-policies.ts';
import type { Caller, NamedPolicy, PolicyDocument } from '../../iam/index.ts';
import type { Collection, Store } from '../store/store.ts';

export interface RoleRecord {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `AROA…` */
  readonly id: string;
  readonly description?: string;
  readonly trustPolicy: PolicyDocument;
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
  readonly attachedPolicyArns: readonly string[];
  readonly boundaryArn?: string;
  /** seconds */
  readonly maxSessionDuration: number;
  /** ms since the epoch */
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UserRecord {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `AIDA…` */
  readonly id: string;
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
  readonly attachedPolicyArns: readonly string[];
  readonly boundaryArn?: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ManagedPolicyRecord {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly description?: string;
  readonly versions: readonly {
    readonly id: string;
    readonly document: PolicyDocument;
    readonly createdAt: number;
  }[];
  readonly defaultVersionId: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

interface AccessKeyRecord {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly userName: string;
  readonly status: 'Active' | 'Inactive';
  readonly createdAt: number;
}

export interface SessionRecord {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** ms since the epoch, wall clock */
  readonly expiration: number;
  readonly roleName: string;
  readonly roleId: string;
  readonly sessionName: string;
  readonly sessionPolicies: readonly PolicyDocument[];
  readonly sourceIdentity?: string;
  /** Tags that were passed or inherited; they stand over the role's own. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Keys of the tags that a session made from this one inherits. */
  readonly transitiveTagKeys?: readonly string[];
  /** ms since the epoch, simulated time */
  readonly issuedAt?: number;
}

export interface Identity {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** ms since the epoch, wall clock; long-term keys never expire */
  readonly expiration?: number;
  readonly active: boolean;
  readonly caller: Caller;
}

export interface PrincipalPolicies {
  readonly identity: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
}

export interface IdentityStore {
  readonly roles: Collection<RoleRecord>;
  readonly users: Collection<UserRecord>;
  readonly policies: Collection<ManagedPolicyRecord>;
  readonly accessKeys: Collection<AccessKeyRecord>;
  readonly sessions: Collection<SessionRecord>;
  /** Who an access key belongs to; undefined when nobody. */
  identify(accessKeyId: string): Identity | undefined;
  /** The policies of the role or user behind a caller. Parsed documents keep their identity until changed. */
  policiesOf(caller: Caller): PrincipalPolicies;
  /** A customer or AWS managed policy by ARN. */
  managedPolicy(arn: string): PolicyDocument | undefined;
  /** Must be called after any change to roles, users, keys or policies made through the collections. */
  changed(): void;
  /** Drops sessions that expired more than a day ago. */
  sweep(): void;
}

export function openIdentityStore(store: Store, clock: Clock, accountId: string): IdentityStore {
  const roles = store.collection<RoleRecord>('iam/roles');
  const users = store.collection<UserRecord>('iam/users');
  const policies = store.collection<ManagedPolicyRecord>('iam/policies');
  const accessKeys = store.collection<AccessKeyRecord>('iam/access-keys');
  const sessions = store.collection<SessionRecord>('iam/sessions');
  const identities = new Map<string, Identity>();
  const principals = new Map<string, PrincipalPolicies>();

  const managedPolicy = (arn: string): PolicyDocument | undefined => {
    const record = policies.get(arn);
    if (!record) return awsManagedPolicy(arn);
    return record.versions.find((version) => version.id === record.defaultVersionId)?.document;
  };

  const named = (
    record: Pick<RoleRecord, 'inlinePolicies' | 'attachedPolicyArns' | 'boundaryArn'>,
  ): PrincipalPolicies => {
    const attached = record.attachedPolicyArns.flatMap((arn): NamedPolicy[] => {
      const document = managedPolicy(arn);
      return document ? [{ name: arn.slice(arn.lastIndexOf('/') + 1), document }] : [];
    });
    const inline = Object.entries(record.inlinePolicies).map(
      ([name, document]): NamedPolicy => ({ name, document }),
    );
    const boundary = record.boundaryArn ? managedPolicy(record.boundaryArn) : undefined;
    return {
      identity: [...inline, ...attached],
      // A boundary that no longer exists allows nothing.
      ...(record.boundaryArn
        ? {
            boundary: {
              name: record.boundaryArn,
              document: boundary ?? { Version: '2012-10-17', Statement: [] },
            },
          }
        : {}),
    };
  };

  const compute = (accessKeyId: string): Identity | undefined => {
    const key = accessKeys.get(accessKeyId);
    if (key) {
      const user = users.get(key.userName);
      if (!user) return undefined;
      return {
        secretAccessKey: key.secretAccessKey,
        active: key.status === 'Active',
        caller: {
          kind: 'user',
          arn: user.arn,
          accountId,
          userId: user.id,
          ...(Object.keys(user.tags).length === 0 ? {} : { tags: user.tags }),
        },
      };
    }
    const session = sessions.get(accessKeyId);
    const role = session && roles.get(session.roleName);
    // A role that was deleted and made again is another role, which the sessions of the first are not of.
    if (!session || role?.id !== session.roleId) return undefined;
    const tags = mergeTags(role.tags, session.tags ?? {});
    const sessionPolicies = session.sessionPolicies.map(
      (document, i): NamedPolicy => ({ name: `session policy ${i + 1}`, document }),
    );
    return {
      secretAccessKey: session.secretAccessKey,
      sessionToken: session.sessionToken,
      expiration: session.expiration,
      active: true,
      caller: {
        kind: 'role-session',
        arn: formatArn({
          service: 'sts',
          account: accountId,
          resource: `assumed-role/${role.name}/${session.sessionName}`,
        }),
        accountId,
        roleArn: role.arn,
        userId: `${role.id}:${session.sessionName}`,
        ...(sessionPolicies.length === 0 ? {} : { sessionPolicies }),
        ...(Object.keys(tags).length === 0 ? {} : { tags }),
        ...(session.sourceIdentity === undefined ? {} : { sourceIdentity: session.sourceIdentity }),
        ...(session.issuedAt === undefined
          ? {}
          : { issuedAt: `${new Date(session.issuedAt).toISOString().slice(0, 19)}Z` }),
      },
    };
  };

  const nothing: PrincipalPolicies = { identity: [] };

  return {
    roles,
    users,
    policies,
    accessKeys,
    sessions,
    managedPolicy,
    identify(accessKeyId) {
      let identity = identities.get(accessKeyId);
      if (!identity) {
        identity = compute(accessKeyId);
        if (identity) identities.set(accessKeyId, identity);
      }
      return identity;
    },
    policiesOf(caller) {
      if (caller.kind !== 'user' && caller.kind !== 'role-session') return nothing;
      const id = caller.roleArn ?? caller.arn;
      const key = `${caller.userId?.split(':', 1)[0]} ${id}`;
      let found = principals.get(key);
      if (!found) {
        const name = id.slice(id.lastIndexOf('/') + 1);
        const record = caller.kind === 'user' ? users.get(name) : roles.get(name);
        // What was deleted and made again under its name is another principal; its policies are not the first's.
        const same = caller.userId === undefined || record?.id === caller.userId.split(':', 1)[0];
        found = record && same ? named(record) : nothing;
        principals.set(key, found);
      }
      return found;
    },
    changed() {
      identities.clear();
      principals.clear();
    },
    sweep() {
      const limit = clock.wall() - 86_400_000;
      for (const session of [...sessions.values()])
        if (session.expiration < limit) sessions.delete(session.accessKeyId);
      identities.clear();
    },
  };
}

/** Keys are compared without case: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export function mergeTags(
  lower: Readonly<Record<string, string>>,
  upper: Readonly<Record<string, string>>,
): Record<string, string> {
  const replaced = new Set(Object.keys(upper).map((key) => key.toLowerCase()));
  const kept = Object.entries(lower).filter(([key]) => !replaced.has(key.toLowerCase()));
  return { ...Object.fromEntries(kept), ...upper };
}
