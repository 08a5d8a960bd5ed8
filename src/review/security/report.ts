/**
 * What the security review says: the form that the terminal, HTML, Markdown and SARIF are drawn from. Types only; every
 * value is plain JSON. Paths of evidence are `Stack/LogicalId/Properties/…`; secrets' values are never in it.
 */

import type { Evidence } from '../../architecture/app/evidence.ts';
import type { ResourceRef } from '../../architecture/app/model.ts';
import type { AccessLevel, StoreKind } from '../../architecture/types/facts.ts';
import type { RuleResult, Unclear } from '../finding.ts';

export interface SecurityReport {
  /** One per rule: our own first, then one per rule of each outside tool (`source` of its findings says whose). */
  readonly results: readonly RuleResult[];
  readonly exposure: ExposureReport;
  readonly access: AccessReport;
  readonly encryption: EncryptionReport;
  readonly tools: readonly ToolRun[];
}

/** What an outside tool ran, or why it could not. */
export interface ToolRun {
  readonly name: 'cdk-nag' | 'cloudformation-validate';
  readonly outcome: 'ran' | 'could-not-run';
  /** Absent when the tool is not installed. */
  readonly version?: string;
  /** How many rules it has that were run; 0 when it could not run. */
  readonly rules: number;
  /** Packs or groups of rules, as the tool calls them: `AwsSolutions`. */
  readonly packs: readonly string[];
  /** How many resources it looked at. */
  readonly resources: number;
  /** Milliseconds of wall time. Left out of goldens. */
  readonly milliseconds: number;
  /** Why it could not run, or what it could not read. */
  readonly because?: string;
}

// ── Exposure: what the internet can reach ────────────────────────────────────────────────────────────────────────

export interface ExposureReport {
  /** Every door to the internet, the least guarded first. */
  readonly entries: readonly EntryPoint[];
  /** Doors that could not be judged, and why. */
  readonly unclear: readonly Unclear[];
}

type GuardKind =
  | 'iam'
  | 'cognito'
  | 'jwt'
  | 'authorizer'
  | 'password'
  | 'signed-request'
  | 'api-key'
  | 'waf'
  | 'rate-limit'
  | 'address-range'
  | 'condition';

/** Something that stands between the caller and what is behind it. */
export interface Guard {
  readonly kind: GuardKind;
  /**
   * `who`: the caller proves who it is. `some`: it holds something shared or is limited (API key, address range, a
   * condition). `how-much`: only the amount or the form is limited (WAF, rate limit).
   */
  readonly limits: 'who' | 'some' | 'how-much';
  readonly evidence: Evidence;
}

export interface EntryPoint {
  /** `<resource id>|<what>`: unique, and the same over revisions. */
  readonly id: string;
  readonly kind:
    | 'distribution'
    | 'rest-api'
    | 'http-api'
    | 'websocket-api'
    | 'graphql-api'
    | 'load-balancer'
    | 'function-url'
    | 'bucket'
    | 'database'
    | 'host'
    | 'resource-policy'
    | 'identity-pool';
  readonly resource: ResourceRef;
  /** `POST /jobs`, `tcp 22`, `s3:GetObject`, `the default behaviour`. */
  readonly what: string;
  /** The property that opens it. */
  readonly opens: Evidence;
  /** `none`: anyone. `some`: see `Guard.limits`. `who`: callers are authenticated. `unknown`: could not be resolved. */
  readonly authentication: 'none' | 'some' | 'who' | 'unknown';
  readonly guards: readonly Guard[];
  /** Whether a request through it can change something by its form (POST, PUT, sending, invoking). */
  readonly writes: boolean;
  /** From the entry to each store it reaches, or to where a path ends. Empty when it leads to nothing in the app. */
  readonly paths: readonly ExposurePath[];
  /** How many further paths were left out of `paths`; 0 as a rule. */
  readonly pathsLeftOut: number;
}

export interface ExposurePath {
  /** From the entry's own resource to the last one. */
  readonly hops: readonly Hop[];
  /** The kind of the last hop, when it is a store. */
  readonly store?: StoreKind;
  /** What a caller can cause to be done to that data: through the app's code, unless `direct`. */
  readonly access: readonly AccessLevel[];
  /** No code in between: the caller's own request touches the data. */
  readonly direct: boolean;
  /** Through a queue, topic, stream or bus, so that the caller does not wait for the end. */
  readonly asynchronous: boolean;
}

export interface Hop {
  readonly resource: ResourceRef;
  /** How one gets here from the hop before, as a verb: `routes to`, `invokes`, `may write`, `is read by`. */
  readonly by: string;
  /** The property, permission or statement that opens this hop; of the first one, the entry's own. */
  readonly opens: Evidence;
}

// ── Access: which principal can reach which data, and whether it needs to ────────────────────────────────────────

export interface AccessReport {
  readonly principals: readonly AccessPrincipal[];
  readonly stores: readonly AccessStore[];
  /** Sparse: only pairs where something is allowed or cannot be told. */
  readonly cells: readonly AccessCell[];
  readonly unclear: readonly Unclear[];
}

interface AccessPrincipal {
  /** A role or a user. */
  readonly resource: ResourceRef;
  /** The compute (functions, task definitions, instances, state machines, …) that runs as it. */
  readonly runs: readonly ResourceRef[];
  /** Who may become it, as its trust policy says: `lambda.amazonaws.com`, `arn:aws:iam::111122223333:root`. */
  readonly trusts: readonly string[];
  /** AWS managed and outside policies attached to it whose text is not known here. */
  readonly unknownPolicies: readonly string[];
}

interface AccessStore {
  readonly resource: ResourceRef;
  readonly kind: StoreKind;
}

export interface AccessCell {
  /** `AccessPrincipal.resource.id`. */
  readonly principal: string;
  /** `AccessStore.resource.id`. */
  readonly store: string;
  readonly read: readonly Grant[];
  readonly write: readonly Grant[];
  readonly admin: readonly Grant[];
  readonly need: Need;
}

/** Actions that one statement allows. */
export interface Grant {
  /** `s3:GetObject`. Of the actions that the review asks about, not of all there are. */
  readonly actions: readonly string[];
  /**
   * `yes`; `conditions`: only under conditions that the review cannot see met; `cannot-tell`: depends on what could
   * not be resolved.
   */
  readonly allowed: 'yes' | 'conditions' | 'cannot-tell';
  /** Name of the policy: a logical id, a policy's name, or an AWS managed policy's ARN. */
  readonly policy: string;
  /** The deciding statement: `Stack/LogicalId/Properties/PolicyDocument/Statement/2`. */
  readonly evidence: Evidence;
}

export interface Need {
  /**
   * `named`: the compute's configuration names the store. `measured`: a run used it. `unused`: a measured run did not.
   * `not-named`: nothing in the compute's configuration names it. `implied`: AWS itself needs it (logs, pulls, event
   * sources). `cannot-tell`: what runs as this principal is not in the app.
   */
  readonly verdict: 'named' | 'measured' | 'implied' | 'not-named' | 'unused' | 'cannot-tell';
  readonly evidence: readonly Evidence[];
}

// ── Encryption: who holds the key of what, end to end ────────────────────────────────────────────────────────────

interface EncryptionReport {
  readonly stores: readonly EncryptedStore[];
}

export interface EncryptedStore {
  readonly resource: ResourceRef;
  /** `StoreKind`, or `volume`, `snapshot-copy`, `backup-vault`. */
  readonly kind: string;
  /** `aws-owned` keys cannot be seen or audited; `aws-managed` ones are audited; `customer` ones are also governed. */
  readonly key: 'none' | 'aws-owned' | 'aws-managed' | 'customer' | 'unknown';
  /** The customer's key, when it is in the app. */
  readonly keyResource?: ResourceRef;
  /** The property and its value, or the service's default that holds without it. */
  readonly evidence: Evidence;
}

// ── Input that a measured local run gives ────────────────────────────────────────────────────────────────────────

/** One thing that a run was seen to do. */
export interface MeasuredAction {
  /** The role: `Stack/LogicalId`, its logical id, its name, or its ARN. */
  readonly principal: string;
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN, or a `Stack/LogicalId`. */
  readonly resource: string;
}
