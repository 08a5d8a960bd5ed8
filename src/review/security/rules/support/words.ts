/** The small words that rules share: lists in a sentence. */

import type { Rule } from '../../../finding.ts';

export const securityRule = (rule: Omit<Rule, 'area'>): Rule => ({ ...rule, area: 'security' });

export function listed(texts: readonly string[], most = 4): string {
  const unique = [...new Set(texts)];
  const shown = unique.slice(0, most);
  const rest = unique.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
