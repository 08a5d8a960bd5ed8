/** Do certificates renew by themselves? */
import { textAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';

export const certificatesRenew: Item = {
  id: 'certificates-renew',
  area: 'operations',
  question: 'Do certificates renew by themselves?',
  next: 'Validate by DNS, with the record in the template or kept where it is.',
  reference: 'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
  check: ({ app }) =>
    survey({
      resources: app.ofType('AWS::CertificateManager::Certificate'),
      what: 'certificates',
      are: 'renew by DNS validation',
      lacks: 'validated by e-mail, which somebody must answer each time',
      judge: ({ properties }) => textAt(properties, 'ValidationMethod') === 'DNS',
    }),
};
