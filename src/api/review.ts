/**
 * `slipway/review`: what an app costs, whether it is safe, holds its load and survives a fault, from its template.
 *
 * ```ts
 * import { reviewApp, toMarkdown } from 'slipway/review';
 *
 * const report = await reviewApp('cdk.out');
 * console.log(toMarkdown(report));
 * if (report.gates.some(({ verdict }) => verdict === 'failed')) process.exitCode = 1;
 * ```
 */
export { type ErrorCode, SlipwayError } from '../core/errors.ts';
export { type Comparison, compareReviews } from '../review/compare.ts';
export type { Finding } from '../review/finding.ts';
export { allFindings, type Gate, type ReviewReport, type Section } from '../review/report.ts';
export { type ReviewOptions, reviewApp, toHtml, toMarkdown, toText } from './review-app.ts';
