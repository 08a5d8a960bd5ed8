/** What survives what, in which time and with which loss; single points of failure; the cheapest way to the targets. */
export type { RecoveryInputs, Span } from './model.ts';
export { type PricePort, pricesFrom } from './price.ts';
export * from './report.ts';
export { type RecoveryOptions, reviewRecovery } from './review.ts';
export { recoveryRules } from './rules/index.ts';
export type { Targets } from './whole.ts';
