/** Everything a review takes besides the template, read from the files beside the app and from a local run. */
import { SlipwayError } from '../core/errors.ts';
import {
  type ReviewInputs,
  readConfig,
  readLoad,
  readLocalRun,
  readMeasured,
  readOverrides,
  readReadiness,
  readUsage,
  type Section,
} from '../review/index.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Arguments } from './command.ts';
import { type ReviewTarget, readAnswers } from './review-target.ts';

interface Problem {
  readonly line?: number;
  readonly message: string;
  readonly fix?: string;
}

export async function readInputs(
  args: Arguments,
  { app, answers }: ReviewTarget,
  wanted: readonly Section[],
): Promise<ReviewInputs> {
  const file = (name: string, option: string) => ({
    name: args.text(option) ?? name,
    text: readAnswers(answers, name, args.text(option)),
  });
  const config = file('config.yaml', 'config');
  const read = readConfig(config.text ?? '');
  refuse(config.name, read.problems);

  const usageFile = file('usage.yaml', 'usage');
  const usage = usageFile.text === undefined ? undefined : readUsage(usageFile.text, app);
  refuse(usageFile.name, usage?.problems ?? []);
  const samples = file('samples.json', 'samples');
  const measured = samples.text === undefined ? undefined : readMeasured(samples.text);
  if (samples.text !== undefined && measured === undefined)
    refuse(samples.name, [
      { message: 'expected JSON with samples by function or worker; docs/guides/capacity.md has the form' },
    ]);
  const loadFile = file('load.yaml', 'load');
  const load =
    loadFile.text === undefined
      ? undefined
      : readLoad(loadFile.text, app, measured === undefined ? {} : { measured });
  if (load?.ok === false) refuse(loadFile.name, load.problems);
  const readiness = file('readiness.yaml', 'readiness');
  const kept = readiness.text === undefined ? undefined : readReadiness(readiness.text);
  refuse(readiness.name, kept?.problems ?? []);
  const runFile = file('local-run.json', 'local-run');
  const run = runFile.text === undefined ? undefined : readLocalRun(runFile.text);
  if (run !== undefined && 'problems' in run)
    refuse(
      runFile.name,
      run.problems.map((message) => ({ message })),
    );
  const priceFile = file('prices.json', 'prices');
  const prices = priceFile.text === undefined ? undefined : readOverrides(priceFile.text);
  if (prices !== undefined && 'problem' in prices) refuse(priceFile.name, [{ message: prices.problem }]);

  const stated = usage?.usage;
  if (args.text('uses') !== undefined && !args.flag('measured'))
    throw new SlipwayError('cli.usage', '--uses says how many uses the run of --measured had', {
      fix: 'add --measured, or leave --uses out',
    });
  // Not at the top: it comes with the AWS clients, and a review of a template needs none.
  const seen = args.flag('measured')
    ? await (await import('./measured-run.ts')).measuredRun(args, app, stated)
    : undefined;
  const taken = seen?.usage ?? stated;
  const seed = args.integer('seed', { min: 0, max: 2 ** 31 - 1 });
  return {
    // Acknowledgements and answers end with a day, wherever the review runs.
    today: new Date().toISOString().slice(0, 10),
    config: read.config,
    sections: wanted,
    ...(taken === undefined ? {} : { usage: taken }),
    ...(load?.ok === true ? { load: load.load } : {}),
    ...(kept === undefined ? {} : { answers: kept }),
    ...(seen === undefined ? {} : { actions: seen.actions }),
    ...(run !== undefined && 'run' in run ? { localRun: run.run } : {}),
    ...(prices !== undefined && 'overrides' in prices ? { prices: prices.overrides } : {}),
    ...(seed === undefined ? {} : { seed }),
    appFolder: answers,
    ...(args.flag('no-cache') ? {} : { cacheFolder: cacheFolder('review') }),
  };
}

/** @throws SlipwayError review.unreadable with every problem, when there is one */
function refuse(name: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ line, message, fix }) =>
      `  ${line === undefined ? '' : `line ${line}: `}${message}${fix ? ` (${fix})` : ''}`,
  );
  throw new SlipwayError('review.unreadable', `${name} is not what it should be:\n${lines.join('\n')}`, {
    fix: 'mend these lines; slipway review --init writes the questions again and keeps the answers it understands',
  });
}
