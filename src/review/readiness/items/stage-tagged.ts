/** Can costs be told apart by stage? */
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';

export const stageTagged: Item = {
  id: 'stage-tagged',
  area: 'operations',
  question: 'Can costs be told apart by stage?',
  next: 'A tag stage or environment on the stack, and activated as a cost allocation tag.',
  reference:
    'https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html',
  check: ({ app }) =>
    survey({
      resources: app.resources.filter(({ properties }) => properties.Tags !== undefined),
      what: 'tagged resources',
      are: 'say which stage they belong to',
      lacks: 'no tag stage, environment or cost centre',
      judge: ({ tags }) =>
        Object.keys(tags).some((key) => /(^|[:_-])(stage|env|environment|cost[-_]?cent(er|re))$/i.test(key)),
    }),
};
