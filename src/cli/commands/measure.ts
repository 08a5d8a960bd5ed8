import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { deployed } from '../../api/deployed.ts';
import { existingTarget } from '../../api/existing-target.ts';
import { appFolderOf } from '../../api/open-app.ts';
import { SlipwayError } from '../../core/errors.ts';
import type { MeterTotal } from '../../core/usage.ts';
import {
  type MeasuredFile,
  type MeasuredSamples,
  measuredFileName,
  readMeasuredFile,
} from '../../review/measured/run-file.ts';
import type { MeasuredAction } from '../../review/security/report.ts';
import type { Command } from '../command.ts';
import { defaultState, type RunningCloud, requireRunning, stateOption } from '../running.ts';
import { writeWhole } from '../write-whole.ts';

export const measure: Command = {
  name: 'measure',
  summary: 'Write what the running local cloud measured, for slipway review to use.',
  usage: '<folder with cdk.json | cdk.out | template file>',
  details: `Writes ${measuredFileName} beside the app: what each role did, how long functions and workers took, and what was
metered. With --uses the review takes usage from what was metered instead of assuming it.`,
  options: {
    uses: { type: 'string', value: 'N', help: 'how many uses of the app the run served' },
    output: {
      type: 'string',
      value: 'FILE',
      help: `where to write (default ${measuredFileName} beside the app)`,
    },
    state: stateOption,
  },
  positionals: { min: 1, max: 1, values: [{ from: 'files' }] },
  async run(args, terminal) {
    const output =
      args.text('output') ?? join(appFolderOf(existingTarget(args.positionals[0] ?? '.')), measuredFileName);
    const before = existsSync(output) ? readBefore(output) : undefined;
    const uses = args.integer('uses', { min: 1, max: Number.MAX_SAFE_INTEGER });
    const running = await requireRunning(args.text('state') ?? defaultState);
    const run = await measuredBy(running);
    if (run.actions.length === 0 && run.samples.length === 0)
      throw new SlipwayError('review.unreadable', `no app has done anything on ${running.endpoint} yet`, {
        fix: 'bring the app up with slipway up, use it, and measure again',
      });
    const file: MeasuredFile = {
      version: 1,
      measuredAt: new Date().toISOString().slice(0, 10),
      by: 'slipway measure',
      ...(uses === undefined ? {} : { uses }),
      ...run,
      ...(before?.rehearsals === undefined ? {} : { rehearsals: before.rehearsals }),
    };
    mkdirSync(dirname(output), { recursive: true });
    writeWhole(output, `${JSON.stringify(file, null, 1)}\n`);
    terminal.note(
      `written: ${relative(process.cwd(), output)} (${run.actions.length} actions of roles and users, ${run.samples.length} lists of durations, ${run.meter.length} metered quantities)`,
    );
    return 0;
  },
};

/** Rehearsals are written by tests of the app, and stay. */
function readBefore(file: string): MeasuredFile {
  const read = readMeasuredFile(readFileSync(file, 'utf8'));
  if ('measured' in read) return read.measured;
  throw new SlipwayError(
    'review.unreadable',
    `${file} has mistakes:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`,
    { fix: 'correct it or move it away, and measure again' },
  );
}

async function measuredBy(running: RunningCloud) {
  const { physicalIds } = await deployed(running);
  const { actions } = await running.control<{ readonly actions: readonly MeasuredAction[] }>(
    'GET',
    'actions',
  );
  const { samples } = await running.control<{ readonly samples: readonly MeasuredSamples[] }>(
    'GET',
    'samples',
  );
  const { records: meter } = await running.control<{ readonly records: readonly MeterTotal[] }>(
    'GET',
    'meter',
  );
  return {
    physicalIds,
    actions: actions.map(({ principal, action, resource }) => ({ principal, action, resource })),
    samples: samples.map(({ resource, what, seconds }) => ({ resource, what, seconds })),
    meter: meter.map(({ service, usage, quantity, resource, hour }) => ({
      service,
      usage,
      quantity,
      ...(resource === undefined ? {} : { resource }),
      hour,
    })),
  };
}
