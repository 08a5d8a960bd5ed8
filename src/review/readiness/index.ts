/** The pre-launch list, answered with evidence, and the file of answers that only people can give. */
export { initReadiness, type KeptAnswers, readReadiness } from './answers.ts';
export { readinessItems } from './items/index.ts';
export { type LocalRun, readLocalRun } from './local-run.ts';
export type { Check, Item, ReadinessInputs } from './model.ts';
export * from './report.ts';
export { type ReadinessOptions, reviewReadiness } from './review.ts';
