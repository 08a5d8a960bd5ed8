/** Roles that more can become than should: everyone, another account without a secret word, any GitHub repository. */
import {
  accessOf,
  conditionKeys,
  describeStatement,
  type Identity,
  type ReadStatement,
} from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { securityRule } from './support/security-rule.ts';

interface Judged {
  readonly severity: Severity;
  readonly who: string;
  readonly fix: string;
}

const valuesOf = (statement: ReadStatement, wanted: RegExp): string[] =>
  Object.values(statement.conditions).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, values]) => (wanted.test(key) ? [values].flat().map(String) : [])),
  );

function judge(name: string, type: string, statement: ReadStatement, own: string): Judged | undefined {
  const keys = conditionKeys(statement);
  const has = (form: RegExp) => keys.some((key) => form.test(key));
  if (type === 'AWS' && name === '*') {
    if (
      has(/^aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalAccount|PrincipalArn|SourceArn|SourceAccount)$/i)
    )
      return undefined;
    const fix = 'Name the roles in Principal, or add a condition on aws:PrincipalOrgID.';
    return { severity: 'critical', who: 'every AWS account', fix };
  }
  if (type === 'AWS') {
    const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::(root))?$/.exec(name)?.[1];
    if (
      account === undefined ||
      account === own ||
      has(/^(sts:ExternalId|aws:Principal\w+|aws:SourceIdentity)$/i)
    )
      return undefined;
    const fix =
      'Add a condition StringEquals sts:ExternalId with a value agreed with that account (CDK: externalIds), or name the role in it.';
    return { severity: 'medium', who: `the whole account ${account} without an external id`, fix };
  }
  if (type !== 'Federated') return undefined;
  if (name.includes('token.actions.githubusercontent.com')) {
    const subjects = valuesOf(statement, /githubusercontent\.com:sub$/i);
    if (subjects.length === 0 || subjects.some((one) => /^(\*|repo:\*)/.test(one))) {
      const fix =
        'Add a condition StringLike token.actions.githubusercontent.com:sub of the form repo:<owner>/<repository>:ref:refs/heads/<branch>.';
      return { severity: 'high', who: 'workflows of every repository on GitHub', fix };
    }
    return undefined;
  }
  if (name === 'cognito-identity.amazonaws.com' && !has(/cognito-identity\.amazonaws\.com:aud$/i))
    return {
      severity: 'high',
      who: 'identities of every Cognito identity pool',
      fix: 'Add a condition StringEquals cognito-identity.amazonaws.com:aud with the id of the pool, and ForAnyValue:StringLike …:amr authenticated.',
    };
  const isOidc = name.includes(':oidc-provider/');
  if (isOidc && !has(/:(sub|aud)$/i))
    return {
      severity: 'medium',
      who: 'every token of its identity provider',
      fix: 'Add conditions on the provider’s :sub and :aud.',
    };
  return undefined;
}

const trusts = ({ trust }: Identity) => trust?.statements.filter(({ effect }) => effect === 'Allow') ?? [];

export const trustTooWide = securityRule({
  id: 'trust-too-wide',
  title: 'Only those who need a role can become it',
  severity: 'medium',
  why: 'Whoever may assume a role has all of its permissions, whatever its other policies say.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  check: ({ app, checked, found, unclear }) => {
    for (const identity of accessOf(app).identities) {
      const { resource, trust } = identity;
      if (trust === undefined) continue;
      checked();
      if (trust.unknown !== undefined)
        unclear({ resource, what: 'AssumeRolePolicyDocument', because: trust.unknown });
      for (const statement of trusts(identity)) {
        const [unknown] = statement.unknown;
        if (unknown !== undefined)
          unclear({ resource, what: `who may assume it (${statement.path})`, because: unknown });
        for (const { type, name } of statement.principals) {
          const judged = judge(name, type, statement, resource.inStack.accountId);
          if (judged === undefined) continue;
          found({
            resource,
            about: name,
            severity: judged.severity,
            title: `${resource.name} can be assumed by ${judged.who}`,
            fix: judged.fix,
            evidence: [{ at: statement.path, shows: describeStatement(statement) }],
          });
        }
      }
    }
  },
});
