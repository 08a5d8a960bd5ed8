/** Secrets written into environment variables, or fetched into them by CloudFormation. */
import { isUnresolved, propertyOf } from '../../../architecture/index.ts';
import { environmentTypes, variablesOf } from './support/environments.ts';
import { fetchedSecret, secretSign } from './support/secrets.ts';
import { securityRule } from './support/security-rule.ts';

const fixOf: Readonly<Record<string, string>> = {
  'AWS::ECS::TaskDefinition':
    'Hand it over under Secrets with ValueFrom the secret’s ARN (CDK: secrets: { NAME: ecs.Secret.fromSecretsManager(secret) }).',
  'AWS::CodeBuild::Project': 'Set the variable’s Type to SECRETS_MANAGER and its Value to the secret’s ARN.',
};
const fetch =
  'Hand over the ARN of an AWS::SecretsManager::Secret instead, allow secretsmanager:GetSecretValue on it, and read it when the code starts.';

export const secretInEnvironment = securityRule({
  id: 'secret-in-environment',
  title: 'No secret stands in an environment variable',
  severity: 'high',
  why: 'The template, its history, the console and everyone who may describe the function or task shows environment variables in the clear.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
  check: ({ app, checked, found, unclear }) => {
    for (const resource of app.ofType(...environmentTypes))
      for (const { name, value, at } of variablesOf(resource)) {
        checked();
        const fix = fixOf[resource.type] ?? fetch;
        if (isUnresolved(value)) {
          const parameter = secretParameter(value.expression, resource.inStack.template.Parameters);
          if (parameter !== undefined)
            found({
              resource,
              about: name,
              severity: 'medium',
              title: `The secret parameter ${parameter} stands in the open in variable ${name} of ${resource.name}`,
              fix,
              evidence: [{ at: propertyOf(resource, at), shows: `Ref to ${parameter}, which is NoEcho` }],
            });
          else if (/(password|secret|token|key)$/i.test(name))
            unclear({ resource, what: `whether variable ${name} holds a secret`, because: value.reason });
          continue;
        }
        if (typeof value !== 'string') continue;
        const sign = secretSign(name, value);
        const isFetched = sign === undefined && fetchedSecret(value);
        if (sign === undefined && !isFetched) continue;
        found({
          resource,
          about: name,
          severity: isFetched ? 'medium' : 'high',
          title: isFetched
            ? `CloudFormation puts a secret in the open into variable ${name} of ${resource.name}`
            : `Variable ${name} of ${resource.name} holds what looks like ${sign?.what}`,
          fix: isFetched ? fix : `${fix} Change the secret: it is in the template’s history.`,
          evidence: [
            {
              at: propertyOf(resource, at),
              shows: isFetched
                ? 'a dynamic reference to a secret'
                : `${sign?.what}, ${value.length} characters (not shown)`,
            },
          ],
        });
      }
  },
});

/** The NoEcho parameter that an intrinsic refers to. */
export function secretParameter(
  expression: unknown,
  parameters: Readonly<Record<string, { readonly NoEcho?: unknown }>>,
): string | undefined {
  const text = JSON.stringify(expression) ?? '';
  for (const [name, declaration] of Object.entries(parameters)) {
    const isSecret = declaration.NoEcho === true || declaration.NoEcho === 'true';
    if (isSecret && (text.includes(`"${name}"`) || text.includes(`\${${name}}`))) return name;
  }
  return undefined;
}
