/**
 * Our own security checks over the graph of an app: what tools that look at one resource at a time cannot see. A new
 * rule is a file here and a line in the list (docs/guides/security-rules.md).
 */

import type { Architecture } from '../../../architecture/index.ts';
import { type Rule, type RuleResult, runRule } from '../../finding.ts';
import type { MeasuredAction } from '../report.ts';
import { accessNotLogged } from './access-not-logged.ts';
import { auditTrail } from './audit-trail.ts';
import { confusedDeputy } from './confused-deputy.ts';
import { containerPrivileges } from './container-privileges.ts';
import { corsWildcard } from './cors-wildcard.ts';
import { danglingReference } from './dangling-reference.ts';
import { distributionBypassed } from './distribution-bypassed.ts';
import { egressUnrestricted } from './egress-unrestricted.ts';
import { functionUrlWithoutAuth } from './function-url-without-auth.ts';
import { grantedButUnused } from './granted-but-unused.ts';
import { guestCredentials } from './guest-credentials.ts';
import { imdsV1 } from './imds-v1.ts';
import { keyWithoutRotation } from './key-without-rotation.ts';
import { logRetention } from './log-retention.ts';
import { longLivedKey } from './long-lived-key.ts';
import { openSecurityGroup } from './open-security-group.ts';
import { outdatedTls } from './outdated-tls.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { publicAddress } from './public-address.ts';
import { publicBucket } from './public-bucket.ts';
import { publicDatabase } from './public-database.ts';
import { publicResourcePolicy } from './public-resource-policy.ts';
import { secretInEnvironment } from './secret-in-environment.ts';
import { secretInOutput } from './secret-in-output.ts';
import { secretInParameter } from './secret-in-parameter.ts';
import { secretInProperty } from './secret-in-property.ts';
import { secretInUserData } from './secret-in-user-data.ts';
import { transportNotEnforced } from './transport-not-enforced.ts';
import { trustTooWide } from './trust-too-wide.ts';
import { unauthenticatedRoute } from './unauthenticated-route.ts';
import { unencryptedAtRest } from './unencrypted-at-rest.ts';
import { unencryptedInTransit } from './unencrypted-in-transit.ts';
import { unusedDataAccess } from './unused-data-access.ts';
import { wafMissing } from './waf-missing.ts';
import { weakSignIn } from './weak-sign-in.ts';
import { weakerCopy } from './weaker-copy.ts';
import { wildcardAction } from './wildcard-action.ts';
import { wildcardResource } from './wildcard-resource.ts';

interface SecurityRuleOptions {
  /** What a local run was seen to do; without it `granted-but-unused` is not applicable. */
  readonly measured?: readonly MeasuredAction[];
}

/** In the order of a reader's questions: who gets in, what may they do, what leaks, what is kept and recorded how. */
export const securityRules = ({ measured }: SecurityRuleOptions = {}): readonly Rule[] => [
  publicBucket,
  publicResourcePolicy,
  publicDatabase,
  openSecurityGroup,
  unauthenticatedRoute,
  functionUrlWithoutAuth,
  guestCredentials,
  wafMissing,
  distributionBypassed,
  publicAddress,
  danglingReference,
  wildcardAction,
  wildcardResource,
  privilegeEscalation,
  trustTooWide,
  confusedDeputy,
  unusedDataAccess,
  grantedButUnused(measured),
  longLivedKey,
  secretInEnvironment,
  secretInOutput,
  secretInUserData,
  secretInParameter,
  secretInProperty,
  unencryptedAtRest,
  weakerCopy,
  keyWithoutRotation,
  unencryptedInTransit,
  transportNotEnforced,
  outdatedTls,
  egressUnrestricted,
  corsWildcard,
  accessNotLogged,
  logRetention,
  auditTrail,
  containerPrivileges,
  imdsV1,
  weakSignIn,
];

export const runSecurityRules = (app: Architecture, options: SecurityRuleOptions = {}): RuleResult[] =>
  securityRules(options).map((rule) => runRule(rule, app));
