/** The review as a library: an app in, a report out, and the report in the forms that people read. */

import { compareReviews } from '../review/compare.ts';
import { compareCosts } from '../review/cost/compare.ts';
import { toMarkdown as reportToMarkdown } from '../review/forms/markdown.ts';
import { toText as reportToText } from '../review/forms/text/page.ts';
import { plainStyle } from '../review/forms/text/style.ts';
import type { ReviewReport, Section } from '../review/report.ts';
import { review } from '../review/review.ts';
import { openApp } from './open-app.ts';
import { readReviewFiles } from './review-files.ts';
import { version } from './version.ts';

export interface ReviewOptions {
  /** Default: all. */
  readonly sections?: readonly Section[];
  /** For stacks that do not say. Default: us-east-1. */
  readonly region?: string;
  /** Context for an app that is synthesized, as `cdk -c`. */
  readonly context?: Readonly<Record<string, string>>;
  /** Template parameters by name; each stack takes those that it declares. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What people wrote: gates, use, load, targets, answers. Default: `slipway-review.yaml` beside the app, if any. */
  readonly config?: string;
  /** What a local run measured. Default: `slipway-measured.json` beside the app, if any. */
  readonly measured?: string;
  /** The day by which acknowledgements expire. Default: today. */
  readonly today?: Date;
  /**
   * Where the answers of cdk-nag and cloudformation-validate are kept, for templates that have not changed. Default:
   * nowhere.
   */
  readonly cacheFolder?: string;
}

/**
 * Reviews the folder of a CDK app (it is synthesized), a cloud assembly (`cdk.out`) or a template file. Deploys nothing
 * and needs no network.
 */
export async function reviewApp(target: string, options: ReviewOptions = {}): Promise<ReviewReport> {
  const { sections, today = new Date(), cacheFolder, config, measured, ...open } = options;
  const opened = await openApp({ target, ...open });
  return review(opened.app, {
    ...readReviewFiles(opened, { config, measured }),
    today: dayOf(today),
    appFolder: opened.folder,
    ...(sections === undefined ? {} : { sections }),
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
  });
}

/** One page of plain text. */
export const toText = (report: ReviewReport, { width = 110 }: { readonly width?: number } = {}): string =>
  reportToText(report, { style: plainStyle, width });

/** A comment for a pull request: the review, or with `before` what has changed since that one. */
export function toMarkdown(
  report: ReviewReport,
  { before }: { readonly before?: ReviewReport } = {},
): string {
  return reportToMarkdown(report, before === undefined ? {} : { comparison: changesSince(before, report) });
}

/** One page with a diagram and charts; it needs no other file and no network. */
export async function toHtml(report: ReviewReport, { date = new Date() } = {}): Promise<string> {
  // Loaded when it is asked for: the charts' library is most of what the review is made of.
  const page = await import('../review/forms/html/page.ts');
  return page.toHtml(report, { version: version(), date: dayOf(date) });
}

const changesSince = (before: ReviewReport, report: ReviewReport) => ({
  review: compareReviews(before, report),
  ...(before.cost === undefined || report.cost === undefined
    ? {}
    : { cost: compareCosts(before.cost, report.cost) }),
});

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
