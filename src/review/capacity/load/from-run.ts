/**
 * A local run's samples as the measured times of a load file: a function's are its invocations', a worker's the times
 * from receive to delete of the messages of its queue. What cannot be laid to one part of the model is named.
 */
import type { Architecture } from '../../../architecture/index.ts';
import { modelOf } from '../model/build.ts';
import type { Measured } from './measured.ts';

/** Of one resource of the template, seconds. */
export interface RunSamples {
  /** `Stack/LogicalId` */
  readonly resource: string;
  readonly what: 'duration' | 'init' | 'receive-to-delete';
  readonly seconds: readonly number[];
}

export interface MeasuredTimes {
  readonly measured: Measured;
  /** Samples that no part of the model could take. */
  readonly left: readonly { readonly resource: string; readonly because: string }[];
}

export function measuredTimes(
  app: Architecture,
  run: readonly RunSamples[],
  from: { readonly taken: string; readonly where: string },
): MeasuredTimes {
  const built = [...modelOf(app).built.values()];
  const samples: Record<string, number[]> = {};
  const left: { resource: string; because: string }[] = [];
  const nameOf = (resource: (typeof built)[number]['resource']) =>
    resource.constructPath?.replace(/\/(Resource|Default)$/, '') ?? resource.id;
  const add = (name: string, seconds: readonly number[]) => {
    // A tenth of a millisecond is finer than any clock that measured it is true.
    samples[name] = [...(samples[name] ?? []), ...seconds.map((one) => Math.round(one * 10_000) / 10_000)];
  };
  for (const { resource: id, what, seconds } of run) {
    if (seconds.length === 0) continue;
    if (what === 'receive-to-delete') {
      const takers = built.filter(
        ({ node }) => node.kind === 'workers' && node.takes.kind === 'messages' && node.takes.queue === id,
      );
      const [taker] = takers;
      if (taker !== undefined && takers.length === 1) add(nameOf(taker.resource), seconds);
      // A function's queue: its invocations say it already.
      else if (!built.some(({ node }) => node.kind === 'poller' && node.queue === id))
        left.push({
          resource: id,
          because:
            takers.length === 0
              ? 'no worker of the model takes its messages'
              : `its messages are taken by ${takers.map(({ label }) => label).join(' and ')}`,
        });
      continue;
    }
    const found = built.find(({ resource, node }) => resource.id === id && node.kind === 'function');
    if (found === undefined) left.push({ resource: id, because: 'it is not a function of the model' });
    else add(`${nameOf(found.resource)}${what === 'init' ? ' coldStart' : ''}`, seconds);
  }
  return { measured: { ...from, samples }, left };
}
