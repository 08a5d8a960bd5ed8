/** Is work that fails kept, so that it can be done again? */
import { fromRules, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const failedWorkKept: Item = {
  id: 'failed-work-kept',
  area: 'backup',
  question: 'Is work that fails kept, so that it can be done again?',
  next: 'A dead-letter queue for every queue, an on-failure destination for asynchronous functions and stream consumers.',
  blocks: false,
  reference: practice('reliability', 'rel_mitigate_interaction_failure_fail_fast'),
  check: (inputs) =>
    fromRules(inputs, ['queue-dead-letters', 'async-failures', 'batch-failures'], 'Work that fails is kept'),
};
