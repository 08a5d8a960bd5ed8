import type { Rule } from '../../../finding.ts';

export const securityRule = (rule: Omit<Rule, 'area'>): Rule => ({ ...rule, area: 'security' });
