/**
 * Measured times for `time: measured` under `load`. A function's times are those of its invocations, a worker's the times
 * from receive to delete of the messages of its queue. Samples that belong to no part of the model are named. A local
 * run's times have no network and no container start-up in them.
 */
import type { Architecture } from '../../../architecture/index.ts';
import { modelOf } from '../model/build.ts';
import type { Distribution } from '../simulator/model.ts';

/** Of one resource of the template, seconds. */
export interface RunSamples {
  /** `Stack/LogicalId` */
  readonly resource: string;
  readonly what: 'duration' | 'init' | 'receive-to-delete';
  readonly seconds: readonly number[];
}

export interface MeasuredTimes {
  /** `measured, slipway measure, 2026-11-21` */
  readonly source: string;
  /** By resource id and what was measured: `App/Handler time`, `App/Handler coldStart`. */
  readonly seconds: ReadonlyMap<string, readonly number[]>;
  /** Samples that no part of the model could take. */
  readonly left: readonly { readonly resource: string; readonly because: string }[];
}

export function measuredTimes(app: Architecture, run: readonly RunSamples[], source: string): MeasuredTimes {
  const built = [...modelOf(app).built.values()];
  const found = new Map<string, number[]>();
  const left: { resource: string; because: string }[] = [];
  const add = (resource: string, what: string, seconds: readonly number[]) => {
    const key = `${resource} ${what}`;
    // Clocks are not more exact than a tenth of a millisecond.
    found.set(key, [...(found.get(key) ?? []), ...seconds.map((one) => Math.round(one * 10_000) / 10_000)]);
  };
  for (const { resource: id, what, seconds } of run) {
    if (seconds.length === 0) continue;
    if (what === 'receive-to-delete') {
      const takers = built.filter(
        ({ node }) => node.kind === 'workers' && node.takes.kind === 'messages' && node.takes.queue === id,
      );
      const [taker] = takers;
      if (taker !== undefined && takers.length === 1) add(taker.resource.id, 'time', seconds);
      // The samples of a function's queue would count its invocations twice.
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
    const takes = ({ resource, node }: (typeof built)[number]) =>
      resource.id === id && (node.kind === 'function' || (node.kind === 'workers' && what === 'duration'));
    if (built.some(takes)) add(id, what === 'init' ? 'coldStart' : 'time', seconds);
    else left.push({ resource: id, because: 'it is not a function of the model' });
  }
  return { source, seconds: found, left };
}

export function measuredDistribution(
  measured: MeasuredTimes | undefined,
  resource: string,
  what: string,
): Distribution | undefined {
  const samples = measured?.seconds.get(`${resource} ${what}`);
  return measured === undefined || samples === undefined
    ? undefined
    : distributionFrom(samples, measured.source);
}

/** Why there are no samples. */
export function notMeasured(measured: MeasuredTimes | undefined, resource: string): string {
  const left = (measured?.left ?? []).map((one) => `${one.resource} (${one.because})`);
  return `there are no measured samples of ${resource}${left.length === 0 ? '' : `, but of ${left.join(', ')}`}`;
}

/** Few samples as they are; many as 101 quantiles. */
export function distributionFrom(samples: readonly number[], source: string): Distribution {
  const sorted = [...samples].filter((value) => Number.isFinite(value) && value >= 0).sort((a, b) => a - b);
  const words = `${source}, ${sorted.length} samples`;
  if (sorted.length <= 200) return { kind: 'samples', values: sorted, source: words };
  const points = Array.from({ length: 101 }, (_, percent): [number, number] => {
    const position = (percent / 100) * (sorted.length - 1);
    const below = sorted[Math.floor(position)] ?? 0;
    const above = sorted[Math.ceil(position)] ?? below;
    return [percent / 100, below + (above - below) * (position - Math.floor(position))];
  });
  return { kind: 'quantiles', points, source: words };
}
