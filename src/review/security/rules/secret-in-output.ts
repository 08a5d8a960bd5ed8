/** Secrets in a stack's outputs. */
import { isUnresolved } from '../../../architecture/index.ts';
import { secretParameter } from './secret-in-environment.ts';
import { fetchedSecret, secretSign } from './support/secrets.ts';
import { securityRule } from './support/security-rule.ts';

export const secretInOutput = securityRule({
  id: 'secret-in-output',
  title: 'No output of a stack shows a secret',
  severity: 'high',
  why: 'Outputs are shown in the console, in the log of every deployment, and to everyone who may describe the stack.',
  reference: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html',
  check: ({ app, checked, found }) => {
    for (const stack of app.stacks)
      for (const [name, value] of Object.entries(stack.outputs)) {
        checked();
        const at = `${stack.name}/Outputs/${name}`;
        const parameter = isUnresolved(value)
          ? secretParameter(value.expression, stack.template.Parameters)
          : undefined;
        const sign = typeof value === 'string' ? secretSign(name, value) : undefined;
        // The secret of an access key is an attribute that nothing but an output or a secret would ask for.
        const isKey = typeof value === 'string' && /\{[^}]+\}\.SecretAccessKey/.test(value);
        const isFetched = typeof value === 'string' && fetchedSecret(value);
        if (parameter === undefined && sign === undefined && !isKey && !isFetched) continue;
        const what =
          parameter !== undefined
            ? `the secret parameter ${parameter}`
            : isKey
              ? 'the secret access key of a user'
              : isFetched
                ? 'a secret that CloudFormation fetches'
                : `what looks like ${sign?.what}`;
        found({
          about: at,
          title: `Output ${name} of stack ${stack.name} shows ${what}`,
          fix: 'Output the ARN of the secret instead, and let whoever needs it read it from Secrets Manager.',
          evidence: [{ at, shows: `${what} (not shown)` }],
        });
      }
  },
});
