/** What an app costs, from its template and its use, and what a local run would have cost. */
export { checkBudget } from './budget.ts';
export { compareCosts } from './compare.ts';
export { type CostOptions, costOf } from './cost.ts';
export { bill } from './measured/bill.ts';
export { usageFromMeter } from './measured/rates.ts';
export type { PhysicalIds } from './measured/resources.ts';
export type * from './report.ts';
export type { Usage } from './usage/model.ts';
export { assumedUses } from './usage/model.ts';
