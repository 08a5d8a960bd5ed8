/** Is all data encrypted where it is stored? */
import { encryptions } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const encryptionAtRest: Item = {
  id: 'encryption-at-rest',
  area: 'security',
  question: 'Is all data encrypted where it is stored?',
  next: 'Turn encryption on; most stores must be replaced for it, so do it before they hold data.',
  blocks: true,
  reference: practice('security', 'sec_protect_data_rest_encrypt'),
  check: ({ app }) => {
    const found = new Map(encryptions(app).map((one) => [one.resource, one]));
    return survey({
      resources: [...found.keys()],
      what: 'stores',
      are: 'are encrypted',
      lacks: 'encryption at rest is off',
      judge: (resource) => {
        const one = found.get(resource);
        return one?.holder === 'unknown' ? one.evidence.shows : one?.holder !== 'none';
      },
    });
  },
};
