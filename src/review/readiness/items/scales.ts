/** Does it grow with its load? */
import { fromRules, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const scales: Item = {
  id: 'scales',
  area: 'performance',
  question: 'Does it grow with its load?',
  next: 'Target tracking on every service that carries load.',
  blocks: false,
  reference: practice('reliability', 'rel_adapt_to_changes_autoscale_adapt'),
  check: (inputs) => fromRules(inputs, ['no-scaling'], 'Every service scales'),
};
