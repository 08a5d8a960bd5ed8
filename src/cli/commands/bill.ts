import { existsSync, readFileSync } from 'node:fs';
import { deployed } from '../../api/deployed.ts';
import { SlipwayError } from '../../core/errors.ts';
import type { MeterTotal } from '../../core/usage.ts';
import { bill as billOf } from '../../review/cost/measured/bill.ts';
import { readOverrides } from '../../review/cost/refresh/index.ts';
import { billLines } from '../../review/forms/text/bill.ts';
import type { Command } from '../command.ts';
import { defaultState, requireRunning, stateOption } from '../running.ts';

export const bill: Command = {
  name: 'bill',
  summary: 'Show what the local run would have cost on AWS, and what a month at this rate would cost.',
  usage: '',
  details:
    'Multiplies what the running local cloud has metered with the price table of the review, by service and resource, with\nthe free tier shown apart. What is metered and has no price is listed by name.',
  options: {
    state: stateOption,
    hours: {
      type: 'string',
      value: 'N',
      help: 'how long the run took (default: how long the local cloud has run since something was first metered)',
    },
    prices: {
      type: 'string',
      value: 'FILE',
      help: 'prices that slipway prices refresh wrote',
    },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  positionals: { min: 0, max: 0 },
  async run(args, terminal) {
    const running = await requireRunning(args.text('state') ?? defaultState);
    const { records, runningSeconds } = await running.control<{
      readonly records: readonly MeterTotal[];
      readonly runningSeconds: number;
    }>('GET', 'meter');
    const hours = args.text('hours') === undefined ? undefined : Number(args.text('hours'));
    if (hours !== undefined && !(hours > 0))
      throw new SlipwayError('cli.usage', `--hours takes a number above 0, got ${args.text('hours')}`);
    const file = args.text('prices');
    if (file !== undefined && !existsSync(file))
      throw new SlipwayError('review.unreadable', `${file} does not exist`);
    const prices = file === undefined ? undefined : readOverrides(readFileSync(file, 'utf8'));
    if (prices !== undefined && 'problem' in prices)
      throw new SlipwayError('review.unreadable', `${file} is not what it should be: ${prices.problem}`);
    const report = billOf(records, {
      ...(await deployed(running)),
      region: running.region,
      hours: hours ?? runningSeconds / 3600,
      ...(prices === undefined ? {} : { overrides: prices.overrides }),
    });
    if (args.flag('json')) terminal.answer(JSON.stringify(report, null, 2));
    else {
      const page = {
        style: terminal.answers,
        width: Math.min(Math.max(process.stdout.columns ?? 110, 60), 140),
      };
      terminal.answer(billLines(report, page).join('\n'));
    }
    return 0;
  },
};
