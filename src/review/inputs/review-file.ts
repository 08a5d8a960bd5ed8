/** Reads `slipway-review.yaml`, the one file in which people write what a template cannot say. */
import type { Architecture } from '../../architecture/index.ts';
import type { MeasuredTimes } from '../capacity/load/measured.ts';
import type { Load } from '../capacity/load/model.ts';
import { readLoad } from '../capacity/load/read.ts';
import type { Usage } from '../cost/usage/model.ts';
import { readUsage } from '../cost/usage/read.ts';
import { type KeptAnswers, readReadiness } from '../readiness/answers.ts';
import { type ReviewConfig, readConfig } from './config.ts';
import { type Problem, readerOf } from './yaml-reader.ts';

interface ReviewFile {
  readonly config: ReviewConfig;
  readonly usage?: Usage;
  readonly load?: Load;
  readonly answers?: KeptAnswers;
  /** Where refreshed prices lie, relative to the file. */
  readonly prices?: string;
}

const parts = ['gates', 'packs', 'prices', 'usage', 'load', 'recovery', 'readiness'];

/**
 * @param measured for `time: measured` under `load`
 * @returns all problems at once, when there is one
 */
export function readReviewFile(
  text: string,
  app: Architecture,
  measured?: MeasuredTimes,
): { readonly file: ReviewFile; readonly problems?: undefined } | { readonly problems: readonly Problem[] } {
  const reader = readerOf(text);
  if (reader.problems.length > 0) return { problems: reader.problems };
  const fields = reader.map(reader.root, parts);
  const [prices, usage, load, answers] = ['prices', 'usage', 'load', 'readiness'].map((key) =>
    fields.get(key),
  );
  const pricesFile = prices && reader.scalar(prices);
  if (prices !== undefined && typeof pricesFile !== 'string')
    reader.problem(prices, 'expected the name of the file that slipway prices refresh wrote');
  const stated = load && readLoad(reader, load, app, measured);
  const file: ReviewFile = {
    config: readConfig(reader, fields),
    ...(usage === undefined ? {} : { usage: readUsage(reader, usage, app) }),
    ...(stated === undefined ? {} : { load: stated }),
    ...(answers === undefined ? {} : { answers: readReadiness(reader, answers) }),
    ...(typeof pricesFile === 'string' ? { prices: pricesFile } : {}),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { file };
}
