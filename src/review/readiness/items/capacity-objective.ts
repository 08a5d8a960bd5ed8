/** Does the simulated capacity meet the objective under the stated load? */
import { answer, notReviewed, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const capacityObjective: Item = {
  id: 'capacity-objective',
  area: 'performance',
  question: 'Does the simulated capacity meet the objective under the stated load?',
  next: 'See the capacity section for the smallest change that does.',
  blocks: false,
  reference: practice('reliability', 'rel_adapt_to_changes_load_tested_adapt'),
  check: ({ capacity }) =>
    capacity === undefined
      ? notReviewed('capacity')
      : answer(capacity.met ? 'yes' : 'no', 'review', capacity.because),
};
