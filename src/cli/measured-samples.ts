/** How long the app's functions and workers took on the running local cloud, for `slipway review --save-samples`. */

import type { Deployed } from '../api/deployed.ts';
import { formatArn } from '../core/arn.ts';
import { SlipwayError } from '../core/errors.ts';
import { type Architecture, type MeasuredTimes, measuredTimes, type RunSamples } from '../review/index.ts';
import { namesOfRun } from './measured-names.ts';
import type { RunningCloud } from './running.ts';

interface Series {
  readonly service: string;
  readonly what: RunSamples['what'];
  /** ARN of a queue, name of a function. */
  readonly resource: string;
  readonly seconds: readonly number[];
}

/** @throws SlipwayError review.unreadable when nothing of the template ran */
export async function measuredSamples(
  running: RunningCloud,
  { physicalIds }: Deployed,
  app: Architecture,
  today: string,
): Promise<MeasuredTimes> {
  const { samples } = await running.control<{ readonly samples: readonly Series[] }>('GET', 'samples');
  const nameOf = namesOfRun(app, physicalIds);
  const run = samples.flatMap(({ service, what, resource: name, seconds }): RunSamples[] => {
    const arn = name.startsWith('arn:') ? name : formatArn({ service, resource: `function:${name}` });
    const resource = nameOf(arn);
    return resource === undefined ? [] : [{ resource, what, seconds }];
  });
  const times = measuredTimes(app, run, { taken: today, where: 'local cloud' });
  if (Object.keys(times.measured.samples).length === 0)
    throw new SlipwayError(
      'review.unreadable',
      `no function and no worker of this template has done any work on ${running.endpoint}`,
      { fix: 'bring it up with slipway up, use it, and measure again' },
    );
  return times;
}
