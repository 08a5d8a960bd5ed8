/** Does somebody learn of work that failed for good? */
import { fromRules, orr } from '../kit.ts';
import type { Item } from '../model.ts';

export const deadLettersWatched: Item = {
  id: 'dead-letters-watched',
  area: 'monitoring',
  question: 'Does somebody learn of work that failed for good?',
  next: 'An alarm on every dead-letter queue that is not empty.',
  blocks: false,
  reference: orr,
  check: (inputs) => fromRules(inputs, ['dead-letters-unseen'], 'Every dead-letter queue has an alarm'),
};
