/** User pools with short passwords, or without a second factor. */

import { isUnresolved, numberAt, show, textAt } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { securityRule } from './support/security-rule.ts';

/** NIST SP 800-63B, revision 4: at least 8 with a second factor, 15 without. */
const shortest = 8;

export const weakSignIn = securityRule({
  id: 'weak-sign-in',
  title: 'People sign in with long passwords and can use a second factor',
  severity: 'low',
  why: 'Passwords are guessed and reused; a second factor stops nearly all of that.',
  reference: 'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html',
  check: ({ app, checked, found, unclear }) => {
    for (const pool of app.ofType('AWS::Cognito::UserPool')) {
      checked();
      const length = numberAt(pool.properties, 'Policies.PasswordPolicy.MinimumLength');
      const mode = textAt(pool.properties, 'MfaConfiguration');
      for (const [what, value] of [
        ['Policies.PasswordPolicy.MinimumLength', length],
        ['MfaConfiguration', mode],
      ] as const)
        if (isUnresolved(value)) unclear({ resource: pool, what, because: value.reason });
      if (typeof length === 'number' && length < shortest)
        found({
          resource: pool,
          about: 'length',
          severity: 'medium',
          title: `${pool.name} takes passwords of ${length} characters`,
          fix: 'Set Policies.PasswordPolicy.MinimumLength to 12 or more (CDK: passwordPolicy.minLength).',
          evidence: [show(pool, 'Policies.PasswordPolicy.MinimumLength')],
        });
      const severity: Severity = 'low';
      if (mode === undefined || mode === 'OFF')
        found({
          resource: pool,
          about: 'mfa',
          severity,
          title: `${pool.name} offers no second factor`,
          fix: 'Set MfaConfiguration: OPTIONAL or ON with EnabledMfas SOFTWARE_TOKEN_MFA (CDK: mfa: Mfa.OPTIONAL).',
          evidence: [show(pool, 'MfaConfiguration')],
        });
    }
  },
});
