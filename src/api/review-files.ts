/** Reads the files beside an app that a review takes: what people wrote, what was measured, and refreshed prices. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { PriceOverrides } from '../review/cost/prices/index.ts';
import { readOverrides } from '../review/cost/refresh/index.ts';
import { readReviewFile } from '../review/inputs/review-file.ts';
import { reviewFileName } from '../review/inputs/yaml-reader.ts';
import { measuredInputs } from '../review/measured/measured-inputs.ts';
import { measuredFileName, readMeasuredFile } from '../review/measured/run-file.ts';
import type { ReviewInputs } from '../review/review.ts';
import type { OpenedApp } from './open-app.ts';

/** Prices that `slipway prices refresh` wrote. */
export const pricesFileName = 'slipway-prices.json';

export interface NamedFiles {
  /** Default: `slipway-review.yaml` in the app's folder, when it is there. */
  readonly config?: string | undefined;
  /** Default: `slipway-measured.json` in the app's folder, when it is there. */
  readonly measured?: string | undefined;
}

export type FileInputs = Pick<
  ReviewInputs,
  'config' | 'usage' | 'load' | 'answers' | 'actions' | 'localRun' | 'prices'
>;

/** @throws SlipwayError review.unreadable with every problem of a file */
export function readReviewFiles({ app, folder }: OpenedApp, named: NamedFiles = {}): FileInputs {
  const measuredText = textOf(folder, measuredFileName, named.measured);
  const measured = measuredText && readMeasuredFile(measuredText.text);
  if (measuredText && measured && 'problems' in measured)
    throw unreadable(measuredText.file, measured.problems, 'slipway measure writes it anew');
  const run = measured && 'measured' in measured ? measuredInputs(app, measured.measured) : undefined;

  if (run?.isEmpty === true && named.measured !== undefined)
    throw new SlipwayError('review.unreadable', `${named.measured} holds nothing of this template`, {
      fix: 'bring the app up with slipway up, use it, and run slipway measure',
    });

  const people = textOf(folder, reviewFileName, named.config);
  const read = people && readReviewFile(people.text, app, run?.times);
  if (people && read?.problems !== undefined)
    throw unreadable(
      people.file,
      read.problems.map(({ line, message }) => `line ${line}: ${message}`),
      'correct these lines; slipway review --init adds what the file lacks and keeps what is there',
    );
  const file = read?.problems === undefined ? read?.file : undefined;

  const usage = run === undefined ? file?.usage : run.usage(file?.usage);
  const prices = readPrices(folder, people && file?.prices && join(dirname(people.file), file.prices));
  return {
    ...(file === undefined ? {} : { config: file.config }),
    ...(usage === undefined ? {} : { usage }),
    ...(file?.load === undefined ? {} : { load: file.load }),
    ...(file?.answers === undefined ? {} : { answers: file.answers }),
    ...(run === undefined || run.actions.length === 0 ? {} : { actions: run.actions }),
    ...(run?.localRun === undefined ? {} : { localRun: run.localRun }),
    ...(prices === undefined ? {} : { prices }),
  };
}

function readPrices(folder: string, named: string | undefined): PriceOverrides | undefined {
  const found = textOf(folder, pricesFileName, named);
  if (found === undefined) return undefined;
  const read = readOverrides(found.text);
  if ('problem' in read)
    throw unreadable(found.file, [read.problem], 'slipway prices refresh writes it anew');
  return read.overrides;
}

/** A file that was named must be there; a default one is read when it is. */
function textOf(
  folder: string,
  name: string,
  named: string | undefined,
): { readonly file: string; readonly text: string } | undefined {
  const file = named ?? join(folder, name);
  if (!existsSync(file)) {
    if (named === undefined) return undefined;
    throw new SlipwayError('review.unreadable', `${file} does not exist`, {
      fix: `name a file of the form of ${name}, or leave the option out to use the one beside the app, if there is one`,
    });
  }
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SlipwayError('review.unreadable', `${file} cannot be read: ${reason}`, { cause });
  }
}

const unreadable = (file: string, problems: readonly string[], fix: string): SlipwayError =>
  new SlipwayError(
    'review.unreadable',
    `${file} has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n${problems.map((one) => `  ${one}`).join('\n')}`,
    { fix },
  );
