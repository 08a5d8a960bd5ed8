import type { Rule } from '../../finding.ts';
/** Every static rule on recovery. */
export const recoveryRules: readonly Rule[] = [];
