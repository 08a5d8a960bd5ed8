/** Does the simulated capacity meet the objective under the stated load? */
import { answer, notReviewed } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const capacityObjective: Item = {
  id: 'capacity-objective',
  area: 'performance',
  question: 'Does the simulated capacity meet the objective under the stated load?',
  next: 'See the capacity section for the smallest change that does.',
  reference: practice('reliability', 'rel_adapt_to_changes_load_tested_adapt'),
  check: ({ capacity }) =>
    capacity === undefined
      ? notReviewed('capacity')
      : answer(capacity.met ? 'yes' : 'no', 'review', capacity.because),
};
