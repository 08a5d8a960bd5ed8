/** What the review takes from the running local cloud: actions always, use when it is said how many uses there were. */
import { type Deployed, deployed } from '../api/deployed.ts';
import { SlipwayError } from '../core/errors.ts';
import type { Architecture, MeasuredAction, Usage } from '../review/index.ts';
import type { Arguments } from './command.ts';
import { measuredActions } from './measured-actions.ts';
import { measuredUsage } from './measured-usage.ts';
import { defaultState, type RunningCloud, requireRunning } from './running.ts';

export interface MeasuredRun {
  readonly actions: readonly MeasuredAction[];
  readonly usage?: Usage;
}

export async function measuredRun(
  args: Arguments,
  app: Architecture,
  stated: Usage | undefined,
): Promise<MeasuredRun> {
  const served = args.integer('uses', { min: 1, max: Number.MAX_SAFE_INTEGER });
  const { running, stacks } = await runOf(args);
  const actions = await measuredActions(running, stacks, app);
  if (actions.length === 0)
    throw new SlipwayError(
      'review.unreadable',
      `no role of this template has done anything on ${running.endpoint}`,
      { fix: 'bring it up with slipway up, use it, and review again' },
    );
  if (served === undefined) return { actions };
  return { actions, usage: await measuredUsage(running, stacks, app, served, stated) };
}

export async function runOf(
  args: Arguments,
): Promise<{ readonly running: RunningCloud; readonly stacks: Deployed }> {
  const running = await requireRunning(args.text('state') ?? defaultState);
  return { running, stacks: await deployed(running) };
}
