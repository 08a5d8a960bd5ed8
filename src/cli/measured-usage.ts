/** Use as the running local cloud's meter has it, for `slipway review --measured --uses N`. */

import type { Deployed } from '../api/deployed.ts';
import type { MeterTotal } from '../core/usage.ts';
import { type Architecture, assumedUses, type Usage, usageFromMeter } from '../review/index.ts';
import type { RunningCloud } from './running.ts';

/** Answers of the usage file count before measured ones: a person may know better than one run. */
export async function measuredUsage(
  running: RunningCloud,
  { physicalIds }: Deployed,
  app: Architecture,
  served: number,
  stated: Usage | undefined,
): Promise<Usage> {
  const { records } = await running.control<{ records: readonly MeterTotal[] }>('GET', 'meter');
  const { usage } = usageFromMeter(records, app, stated?.uses ?? assumedUses, served, physicalIds);
  if (stated === undefined) return usage;
  const answers = new Map(usage.answers);
  for (const [id, given] of stated.answers) answers.set(id, new Map([...(answers.get(id) ?? []), ...given]));
  return { ...stated, answers };
}
