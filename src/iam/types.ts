/**
 * The words of the policy engine: who calls, what is asked, which policies apply, what was decided.
 * Plain data only; documents are immutable once handed over, because they are compiled once per object.
 */

export type OneOrMany<T> = T | readonly T[];

/** `"*"`, or the principal types of a resource-based policy. */
export type PrincipalElement =
  | '*'
  | {
      readonly AWS?: OneOrMany<string>;
      readonly Service?: OneOrMany<string>;
      readonly Federated?: OneOrMany<string>;
      readonly CanonicalUser?: OneOrMany<string>;
    };

export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>
>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  /** Without it AWS reads the document as 2008-10-17, in which `${…}` is plain text. */
  readonly Version?: '2012-10-17' | '2008-10-17';
  readonly Id?: string;
  readonly Statement: OneOrMany<Statement>;
}

/** Which rules `parsePolicy` holds a document to. Boundaries and session policies are `identity`. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

export interface NamedPolicy {
  /** Shown in explanations, e.g. `WorkerRoleDefaultPolicy`. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Condition keys of a request. Keys are compared without case; an array is a multivalued key. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

export interface AccessRequest {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN, or `*` for an action without resource-level permissions. */
  readonly resource: string;
  /** A function is called when a condition first asks for a key: most calls are decided without one. */
  readonly context: RequestContext | (() => RequestContext);
}

export interface Caller {
  readonly kind: 'account-root' | 'user' | 'role-session' | 'service' | 'federated' | 'anonymous';
  /** A role session's is `arn:aws:sts::…:assumed-role/<role>/<session>`. */
  readonly arn: string;
  readonly accountId: string;
  /** Of a role session: the role itself, with its path. */
  readonly roleArn?: string;
  /** Of a service: `cloudfront.amazonaws.com`. */
  readonly service?: string;
  /** Of a service: where it calls, which a policy may name: `logs.eu-west-1.amazonaws.com`. */
  readonly region?: string;
  /** Of a federated caller: the identity provider, as a trust policy names it. */
  readonly provider?: string;
  /** `aws:userid`: `AIDA…` of a user, `AROA…:<session>` of a role session. */
  readonly userId?: string;
  readonly canonicalUserId?: string;
  /** Tags of the user, or of the role with those of its session over them; keys are compared without case. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a session: `aws:SourceIdentity`, which every session made from it keeps. */
  readonly sourceIdentity?: string;
  /** Of a session: when it was made, as an ISO date. */
  readonly issuedAt?: string;
  /** Services that call for the caller, first to last: `aws:ViaAWSService`, and `aws:CalledVia` for those that fill it. */
  readonly via?: readonly string[];
  /** Of a session made with policies: they limit every call that it makes, and that a service makes for it. */
  readonly sessionPolicies?: readonly NamedPolicy[];
}

export interface Policies {
  readonly identity: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  /** Together they must allow. Absent or empty: the session was made without one, and is not limited. */
  readonly session?: readonly NamedPolicy[];
  readonly resource?: NamedPolicy;
  readonly resourceAccountId: string;
  /**
   * What `resource` is. Role trust policies and KMS key policies must allow the caller (or its account)
   * themselves; any other resource-based policy adds to the identity-based ones. Default: `resource`.
   */
  readonly resourceKind?: 'resource' | 'trust' | 'key';
}

/** The kind of policy that decided, in the words of AWS's access-denied messages. */
export type PolicyLayer =
  | 'identity-based policy'
  | 'resource-based policy'
  | 'permissions boundary'
  | 'session policy'
  | 'role trust policy';

export interface Allowed {
  readonly effect: 'allow';
  readonly layer: PolicyLayer;
  /** Name of the policy that allowed. */
  readonly policy: string;
  /** Index of its statement, from 0. */
  readonly statement: number;
  readonly sid?: string;
  readonly explanation: string;
}

export interface Denied {
  readonly effect: 'deny';
  readonly kind: 'explicit' | 'implicit';
  readonly layer: PolicyLayer;
  /** The denying policy and statement; of an implicit deny, absent. */
  readonly policy?: string;
  readonly statement?: number;
  readonly sid?: string;
  /** AWS's wording: `no identity-based policy allows the sqs:SendMessage action`. */
  readonly explanation: string;
  /** Of an implicit deny: the statement that nearly allowed, and what it lacked. */
  readonly hint?: string;
  /** Of an implicit deny: the statement to add to a policy of that `layer`. */
  readonly missing?: Statement;
}

export type Decision = Allowed | Denied;
