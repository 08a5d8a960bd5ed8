/** Recovery: what each component survives, its recovery time and data loss; single points of failure; the cheapest changes that meet the targets. */
export { pricesFrom } from './price.ts';
export * from './report.ts';
export { type RecoveryReviewOptions, reviewRecovery } from './review.ts';
export { recoveryRules } from './rules/index.ts';
