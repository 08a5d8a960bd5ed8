/** The review of a template: cost, security, capacity, recovery, readiness. Pure but for reading the template's files. */

export { type Architecture, architectureOfTemplates, readArchitecture } from '../architecture/index.ts';
export {
  initLoad,
  type Load,
  type MeasuredTimes,
  measuredTimes,
  type RunSamples,
  readLoad,
  readMeasured,
} from './capacity/index.ts';
export { type Comparison, compareReviews } from './compare.ts';
export { defaultConfig, initConfig, type ReviewConfig, readConfig } from './config/config.ts';
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
export { initReadiness, type KeptAnswers, readLocalRun, readReadiness } from './readiness/index.ts';
export { allFindings, type Gate, type ReviewReport, type Section } from './report.ts';
export { type ReviewInputs, review, sections } from './review.ts';
export type { MeasuredAction } from './security/report.ts';

/** Loaded when it is asked for: the charts' library is most of what the review is made of. */
export const toHtml = async (...given: Parameters<Page['toHtml']>): Promise<string> =>
  (await import('./forms/html/page.ts')).toHtml(...given);
type Page = typeof import('./forms/html/page.ts');
