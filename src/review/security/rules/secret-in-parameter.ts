/** Template parameters for secrets that are echoed, or that have the secret as their default. */
import { secretSign } from './support/secrets.ts';
import { securityRule } from './support/security-rule.ts';

/** Ends in the word itself, so that `SecretName` and `KeyPairName` are not meant. */
const forSecret =
  /(password|passwd|passphrase|secret(string|value|key)?|api[_-]?key|auth[_-]?token|accesstoken|private[_-]?key)$/i;

export const secretInParameter = securityRule({
  id: 'secret-in-parameter',
  title: 'Parameters for secrets are not echoed and have no default',
  severity: 'medium',
  why: 'Parameters are shown to everyone who may describe the stack unless they are NoEcho; a default is in the template for good.',
  reference:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
  check: ({ app, checked, found }) => {
    for (const stack of app.stacks)
      for (const [name, declaration] of Object.entries(stack.template.Parameters)) {
        checked();
        const value = typeof declaration.Default === 'string' ? declaration.Default : '';
        const isHidden = String(declaration.NoEcho) === 'true';
        const sign = value === '' ? undefined : secretSign(name, value);
        const at = `${stack.name}/Parameters/${name}`;
        if (sign !== undefined)
          found({
            about: at,
            severity: 'high',
            title: `Parameter ${name} of stack ${stack.name} has what looks like ${sign.what} as its default`,
            fix: 'Remove Default and change the secret; better, make an AWS::SecretsManager::Secret with GenerateSecretString and refer to it.',
            evidence: [{ at: `${at}/Default`, shows: `${sign.what} (not shown)` }],
          });
        // SSM parameter types hold a name, not the value.
        else if (forSecret.test(name) && !isHidden && declaration.Type === 'String')
          found({
            about: at,
            title: `Parameter ${name} of stack ${stack.name} is echoed though it takes a secret`,
            fix: 'Set NoEcho: true on the parameter; better, refer to a secret in Secrets Manager by {{resolve:secretsmanager:…}}.',
            evidence: [{ at, shows: 'NoEcho: absent' }],
          });
      }
  },
});
