/** Does every resource say who owns it? */
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';

export const ownerTagged: Item = {
  id: 'owner-tagged',
  area: 'operations',
  question: 'Does every resource say who owns it?',
  next: 'A tag owner, team or system on the stack (CDK: Tags.of(app).add).',
  reference:
    'https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html',
  check: ({ app }) =>
    survey({
      resources: app.resources.filter(({ properties }) => properties.Tags !== undefined),
      what: 'tagged resources',
      are: 'say whose they are',
      lacks: 'no tag owner, team, system or application',
      judge: ({ tags }) =>
        Object.keys(tags).some((key) =>
          /(^|[:_-])(owner|team|system|application|service|project)$/i.test(key),
        ),
    }),
};
