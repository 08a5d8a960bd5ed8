/** The pre-launch list, answered with evidence, and the file of answers that only people can give. */
export type { KeptAnswers } from './answers.ts';
export { readinessItems } from './items/index.ts';
export type { LocalRun, Rehearsals } from './local-run.ts';
export type { ReadinessInputs } from './model.ts';
export * from './report.ts';
export { type ReadinessOptions, reviewReadiness } from './review.ts';
