/** The review of a template: cost, security, capacity, recovery, readiness. Pure but for reading the template's files. */

export { type Architecture, architectureOfTemplates, readArchitecture } from '../architecture/index.ts';
export type { Load } from './capacity/index.ts';
export { type Comparison, compareReviews } from './compare.ts';
export * from './cost/index.ts';
export { disclaimer, type PriceOverrides } from './cost/prices/index.ts';
export {
  mergeOverrides,
  type PriceFetch,
  type ReadOverrides,
  readOverrides,
  refreshPrices,
  writeOverrides,
} from './cost/refresh/index.ts';
export { toMarkdown } from './forms/markdown.ts';
export { toSarif } from './forms/sarif.ts';
export { billLines } from './forms/text/bill.ts';
export { changeLines } from './forms/text/changes.ts';
export { toText } from './forms/text/page.ts';
export { plainStyle, type Style } from './forms/text/style.ts';
export { defaultConfig, type ReviewConfig } from './inputs/config.ts';
export { initReviewFile } from './inputs/init.ts';
export { type ReviewFile, readReviewFile } from './inputs/review-file.ts';
export { type Problem, reviewFileName } from './inputs/yaml-reader.ts';
export { type MeasuredInputs, measuredInputs } from './measured/measured-inputs.ts';
export {
  type MeasuredFile,
  type MeasuredSamples,
  measuredFileName,
  readMeasuredFile,
} from './measured/run-file.ts';
export type { KeptAnswers } from './readiness/index.ts';
export { allFindings, type Gate, type ReviewReport, type Section } from './report.ts';
export { type ReviewInputs, review, sections } from './review.ts';
export type { MeasuredAction } from './security/report.ts';

/** Loaded when it is asked for: the charts' library is most of what the review is made of. */
export const toHtml = async (...given: Parameters<Page['toHtml']>): Promise<string> =>
  (await import('./forms/html/page.ts')).toHtml(...given);
type Page = typeof import('./forms/html/page.ts');
