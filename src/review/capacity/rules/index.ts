/** The static rules of capacity: what follows from the template alone. */
import type { Rule } from '../../finding.ts';

export const capacityRules: readonly Rule[] = [];
