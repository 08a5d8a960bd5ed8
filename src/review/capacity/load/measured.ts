/**
 * Times measured in a local run, as JSON:
 * `{ "taken": "2026-11-21", "where": "local cloud", "samples": { "Jobs/Worker/Service": [0.021, 0.019] } }`, seconds, by
 * the name that the load file uses for the resource. No network and no container start-up is in a local run's times.
 */
import type { Distribution } from '../simulator/model.ts';

export interface Measured {
  readonly taken: string;
  readonly where: string;
  readonly samples: Readonly<Record<string, readonly number[]>>;
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

export function samplesOf(
  measured: Measured | undefined,
  names: readonly string[],
): Distribution | undefined {
  const name = names.find((one) => (measured?.samples[one]?.length ?? 0) > 0);
  const samples = name === undefined ? undefined : measured?.samples[name];
  if (measured === undefined || samples === undefined) return undefined;
  return distributionFrom(samples, `measured, ${measured.where}, ${measured.taken}`);
}

/** @returns undefined for JSON of another form */
export function readMeasured(text: string): Measured | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || !isRecord(value.samples)) return undefined;
  const samples: Record<string, readonly number[]> = {};
  for (const [name, list] of Object.entries(value.samples)) {
    if (!Array.isArray(list) || !list.every((one) => typeof one === 'number')) return undefined;
    samples[name] = list;
  }
  return { taken: String(value.taken ?? 'undated'), where: String(value.where ?? 'local run'), samples };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
