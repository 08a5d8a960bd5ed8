/** Use as the running local cloud's meter has it, for `slipway review --measured`. */
import { SlipwayError } from '../core/errors.ts';
import { assumedUses, type MeterTotal, type Subject, type Usage, usageFromMeter } from '../review/index.ts';
import type { Arguments } from './command.ts';
import { deployed } from './deployed.ts';
import { defaultState, requireRunning } from './running.ts';

/** Answers of the usage file count before measured ones: a person may know better than one run. */
export async function measuredUsage(
  args: Arguments,
  subject: Subject,
  stated: Usage | undefined,
): Promise<Usage> {
  const served = args.integer('uses', { min: 1, max: Number.MAX_SAFE_INTEGER });
  if (served === undefined)
    throw new SlipwayError('cli.usage', '--measured needs --uses: how many uses the local run had', {
      fix: 'for instance --measured --uses 50, after fifty jobs',
    });
  const running = await requireRunning(args.text('state') ?? defaultState);
  const { records } = await running.control<{ records: readonly MeterTotal[] }>('GET', 'meter');
  const { physicalIds } = await deployed(running);
  const { usage } = usageFromMeter(records, subject, stated?.uses ?? assumedUses, served, physicalIds);
  if (stated === undefined) return usage;
  const answers = new Map(usage.answers);
  for (const [id, given] of stated.answers) answers.set(id, new Map([...(answers.get(id) ?? []), ...given]));
  return { ...stated, answers };
}
