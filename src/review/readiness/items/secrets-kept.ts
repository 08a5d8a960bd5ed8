/** Are there no secrets in environment variables, outputs or code? */
import { fromSecurity, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const secretsKept: Item = {
  id: 'secrets-kept',
  area: 'security',
  question: 'Are there no secrets in environment variables, outputs or code?',
  next: 'Put them into Secrets Manager or Parameter Store, and hand over only their names.',
  blocks: true,
  reference: practice('security', 'sec_identities_secrets'),
  check: (inputs) =>
    fromSecurity(
      inputs,
      ({ rule }) => /secret|password|credential|SMG/i.test(rule),
      'No secret was found in the template',
    ),
};
