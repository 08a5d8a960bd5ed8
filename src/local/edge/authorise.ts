/** May the caller do this? One place, for wire calls and calls between services alike. */
import type { Clock } from '../../core/clock.ts';
import type { EventData } from '../../core/events.ts';
import { type Caller, type Denied, denialMessage, evaluate } from '../../iam/index.ts';
import type { Identities } from '../iam/accounts.ts';
import type { AccessCheck, AwsError, Call } from '../service.ts';
import { edgeErrors } from './errors.ts';
import { requestTagKeys } from './request-tags.ts';

export interface AuthoriseContext {
  readonly identities: Identities;
  readonly clock: Clock;
  denied(denial: EventData['access.denied']): void;
  /** Called for every check of a call that may go on. */
  used(caller: Caller, action: string, resource: string): void;
}

type DecisionContext = Pick<AuthoriseContext, 'identities' | 'clock'>;

type Input = Readonly<Record<string, unknown>>;

interface Refusal {
  readonly check: AccessCheck;
  readonly decision: Denied;
}

/** The first check that is not passed. */
function refusalOf(
  call: Call,
  checks: readonly AccessCheck[],
  context: DecisionContext,
  input: Input,
): Refusal | undefined {
  const principal = context.identities.policiesOf(call.caller);
  const { sessionPolicies } = call.caller;
  for (const check of checks) {
    const decision = evaluate(
      call.caller,
      {
        action: check.action,
        resource: check.resource,
        context: () => ({
          ...globalKeys(call, context),
          ...requestTagKeys(input),
          ...(typeof check.context === 'function' ? check.context() : check.context),
        }),
      },
      {
        identity: principal.identity,
        ...(principal.boundary ? { boundary: principal.boundary } : {}),
        ...(sessionPolicies ? { session: sessionPolicies } : {}),
        ...(check.resourcePolicy ? { resource: check.resourcePolicy } : {}),
        ...(check.resourceKind ? { resourceKind: check.resourceKind } : {}),
        resourceAccountId: check.resourceAccountId ?? call.scope.accountId,
      },
    );
    if (decision.effect === 'deny') return { check, decision };
  }
  return undefined;
}

/** @throws AwsError AccessDenied, naming principal, action, resource and the missing statement */
export function authorise(
  call: Call,
  checks: readonly AccessCheck[],
  context: AuthoriseContext,
  input: Input,
): void {
  const refusal = refusalOf(call, checks, context, input);
  if (!refusal) {
    for (const check of checks) context.used(call.caller, check.action, check.resource);
    return;
  }
  const { check, decision } = refusal;
  context.denied({
    principal: call.caller.arn,
    action: check.action,
    resource: check.resource,
    explanation: decision.explanation,
    ...(decision.missing ? { missing: decision.missing } : {}),
  });
  throw denial(call, refusal);
}

/** What a call would be answered that is not made: nothing is recorded of it. Undefined when it may be made. */
export function foreseenDenial(
  call: Call,
  checks: readonly AccessCheck[],
  context: DecisionContext,
  input: Input = {},
): AwsError | undefined {
  const refusal = refusalOf(call, checks, context, input);
  return refusal && denial(call, refusal);
}

function denial(call: Call, { check, decision }: Refusal): AwsError {
  let message = denialMessage(call.caller, check, decision);
  if (decision.missing) message += `. Missing statement: ${JSON.stringify(decision.missing)}`;
  if (decision.hint) message += ` (${decision.hint})`;
  return edgeErrors.accessDenied(message);
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * aws:SecureTransport is true: the loopback interface stands for the TLS connection there is on AWS.
 */
function globalKeys(call: Call, context: DecisionContext): Record<string, string> {
  const now = context.clock.now();
  const keys: Record<string, string> = {
    'aws:CurrentTime': currentTime(now),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': call.scope.region,
  };
  if (call.http) {
    keys['aws:SourceIp'] = call.http.sourceIp;
    const agent = call.http.headers['user-agent'];
    if (typeof agent === 'string') keys['aws:UserAgent'] = agent;
  }
  if (call.sourceArn) {
    keys['aws:SourceArn'] = call.sourceArn;
    keys['aws:SourceAccount'] = call.caller.accountId;
  }
  return keys;
}

/** IAM compares dates to the second; formatting one costs as much as a decision. */
let lastSecond = { second: 0, text: '' };
function currentTime(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== lastSecond.second)
    lastSecond = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
  return lastSecond.text;
}
