/** Arrival rates: reading them, multiplying them, their mean and peak, and their words. */
import { formatDuration } from '../../../core/duration.ts';
import { durationOf, rateOf, round, showRate } from '../../inputs/units.ts';
import type { Field, Fields, Reader } from '../../inputs/yaml-reader.ts';
import type { Quantity, Rate } from '../simulator/model.ts';
import { num } from '../simulator/quantity.ts';

const shapes = ['daily', 'spike', 'ramp', 'recorded'] as const;

export type ReadRate =
  | { readonly rate: Rate }
  | { readonly times: number; readonly of: string; readonly field: Field };

/** A text, or one of the shapes as a map with one key. */
export function readRate(reader: Reader, field: Field): ReadRate | undefined {
  if (reader.isMap(field)) return readShape(reader, field);
  const value = rateOf(reader.scalar(field));
  if (value === undefined)
    return reader.problem(field, "a rate is written as '2 per second', '100 per hour' or '4 per POST /jobs'");
  if ('of' in value) return { ...value, field };
  return { rate: { kind: 'steady', rate: { value: value.perSecond, source: reader.source(field) } } };
}

function readShape(reader: Reader, field: Field): ReadRate | undefined {
  const fields = reader.map(field, shapes);
  const [name] = fields.keys();
  const shape = name === undefined ? undefined : fields.get(name);
  if (shape === undefined) return reader.problem(field, `one of ${shapes.join(', ')} is needed`);
  switch (name) {
    case 'daily': {
      const of = reader.map(shape, ['mean', 'peakRatio', 'peakAt', 'period']);
      const [mean, ratio] = [perSecond(reader, shape, of, 'mean'), plain(reader, shape, of, 'peakRatio')];
      const at = optionalTime(reader, of, 'peakAt');
      const period = optionalTime(reader, of, 'period');
      if (mean === undefined || ratio === undefined) return undefined;
      if (ratio.value < 1 || ratio.value > 2) return reader.problem(shape, 'peakRatio must be from 1 to 2');
      return {
        rate: {
          kind: 'daily',
          mean,
          peakRatio: ratio,
          ...(at === undefined ? {} : { peakAt: at }),
          ...(period === undefined ? {} : { period }),
        },
      };
    }
    case 'spike': {
      const of = reader.map(shape, ['base', 'peak', 'at', 'length']);
      const base = perSecond(reader, shape, of, 'base');
      const peak = perSecond(reader, shape, of, 'peak');
      const at = time(reader, shape, of, 'at');
      const length = time(reader, shape, of, 'length');
      if (base === undefined || peak === undefined || at === undefined || length === undefined)
        return undefined;
      return { rate: { kind: 'spike', base, peak, at, length } };
    }
    case 'ramp': {
      const of = reader.map(shape, ['from', 'to', 'start', 'length']);
      const from = perSecond(reader, shape, of, 'from');
      const to = perSecond(reader, shape, of, 'to');
      const length = time(reader, shape, of, 'length');
      const start = optionalTime(reader, of, 'start');
      if (from === undefined || to === undefined || length === undefined) return undefined;
      return { rate: { kind: 'ramp', from, to, length, ...(start === undefined ? {} : { start }) } };
    }
    default:
      return readRecorded(reader, shape);
  }
}

function readRecorded(reader: Reader, shape: Field): ReadRate | undefined {
  const of = reader.map(shape, ['points', 'source']);
  const field = of.get('points');
  if (field === undefined)
    return reader.problem(shape, 'points are needed: [[0, 2 per second], [10min, 5 per second]]');
  const points: [number, number][] = [];
  for (const item of reader.list(field)) {
    const [first, second] = reader.list(item);
    const at = first && durationOf(reader.scalar(first));
    const rate = second && rateOf(reader.scalar(second));
    if (at === undefined || rate === undefined || 'of' in rate) {
      reader.problem(item, 'a point is [time, rate]');
      continue;
    }
    points.push([at, rate.perSecond]);
  }
  if (points.length === 0) return undefined;
  if (points.some(([at], index) => index > 0 && at <= (points[index - 1]?.[0] ?? 0)))
    return reader.problem(field, 'the times of the points must rise');
  const source = of.get('source');
  const words = source && reader.scalar(source);
  return { rate: { kind: 'recorded', points, source: words ? String(words) : reader.source(shape) } };
}

function perSecond(reader: Reader, parent: Field, fields: Fields, name: string) {
  const field = fields.get(name);
  if (field === undefined) return reader.problem(parent, `${name} is needed`);
  const value = rateOf(reader.scalar(field));
  if (value === undefined || 'of' in value)
    return reader.problem(field, "a rate is written as '2 per second'");
  return { value: value.perSecond, source: reader.source(field) };
}

function time(reader: Reader, parent: Field, fields: Fields, name: string) {
  if (fields.get(name) === undefined) return reader.problem(parent, `${name} is needed`);
  return optionalTime(reader, fields, name);
}

function optionalTime(reader: Reader, fields: Fields, name: string) {
  const field = fields.get(name);
  if (field === undefined) return undefined;
  const value = durationOf(reader.scalar(field));
  if (value === undefined) return reader.problem(field, "a time is written as '30s', '5min' or '1h'");
  return { value, source: reader.source(field) };
}

function plain(reader: Reader, parent: Field, fields: Fields, name: string) {
  const field = fields.get(name);
  if (field === undefined) return reader.problem(parent, `${name} is needed`);
  const value = Number(reader.scalar(field));
  return Number.isFinite(value)
    ? { value, source: reader.source(field) }
    : reader.problem(field, 'a number is needed');
}

const times = (value: Quantity, factor: number): Quantity =>
  typeof value === 'number' ? value * factor : { ...value, value: value.value * factor };

/** The same shape, so many times as much. */
export function scaleRate(rate: Rate, factor: number): Rate {
  switch (rate.kind) {
    case 'steady':
      return { ...rate, rate: times(rate.rate, factor) };
    case 'daily':
      return { ...rate, mean: times(rate.mean, factor) };
    case 'spike':
      return { ...rate, base: times(rate.base, factor), peak: times(rate.peak, factor) };
    case 'ramp':
      return { ...rate, from: times(rate.from, factor), to: times(rate.to, factor) };
    case 'recorded':
      return { ...rate, points: rate.points.map(([at, value]) => [at, value * factor] as const) };
  }
}

/** Arrivals a second at a time. */
function rateAt(rate: Rate, at: number): number {
  switch (rate.kind) {
    case 'steady':
      return num(rate.rate);
    case 'daily': {
      const period = num(rate.period, 86_400);
      const phase = (2 * Math.PI * (at - num(rate.peakAt, 50_400))) / period;
      return num(rate.mean) * (1 + (num(rate.peakRatio) - 1) * Math.cos(phase));
    }
    case 'spike':
      return at >= num(rate.at) && at < num(rate.at) + num(rate.length) ? num(rate.peak) : num(rate.base);
    case 'ramp': {
      const share = (at - num(rate.start, 0)) / Math.max(num(rate.length), 1e-9);
      return num(rate.from) + (num(rate.to) - num(rate.from)) * Math.min(1, Math.max(0, share));
    }
    case 'recorded': {
      const after = rate.points.findIndex(([time]) => time > at);
      const [t1, r1] = rate.points[after < 0 ? rate.points.length - 1 : Math.max(0, after - 1)] ?? [0, 0];
      const [t2, r2] = rate.points[after < 0 ? rate.points.length - 1 : after] ?? [t1, r1];
      return t2 === t1 ? r2 : r1 + ((r2 - r1) * (at - t1)) / (t2 - t1);
    }
  }
}

/** For the chart, the mean and the peak: 97 points over the profile. */
export function curveOf(rate: Rate, duration: number): readonly (readonly [number, number])[] {
  if (rate.kind === 'steady')
    return [
      [0, num(rate.rate)],
      [duration, num(rate.rate)],
    ];
  return Array.from({ length: 97 }, (_, index) => {
    const at = (duration * index) / 96;
    return [at, rateAt(rate, at)] as const;
  });
}

export function wordsOf(rate: Rate): string {
  switch (rate.kind) {
    case 'steady':
      return `${showRate(num(rate.rate))}, steady`;
    case 'daily':
      return `${showRate(num(rate.mean))} on average, ${round(num(rate.peakRatio))} times that at the peak of the day`;
    case 'spike':
      return `${showRate(num(rate.base))}, with ${showRate(num(rate.peak))} for ${formatDuration(num(rate.length))}`;
    case 'ramp':
      return `from ${showRate(num(rate.from))} to ${showRate(num(rate.to))} within ${formatDuration(num(rate.length))}`;
    case 'recorded':
      return `recorded, ${rate.points.length} points${rate.source === undefined ? '' : ` (${rate.source})`}`;
  }
}

/** Arrivals a second, on average over the profile. */
export function meanOf(rate: Rate, duration: number): number {
  const steps = rate.kind === 'steady' ? 1 : 960;
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += rateAt(rate, (duration * (step + 0.5)) / steps);
  return sum / steps;
}

export const peakOf = (rate: Rate, duration: number): number =>
  Math.max(
    ...curveOf(rate, duration).map(([, value]) => value),
    rate.kind === 'spike' ? rateAt(rate, num(rate.at)) : 0,
  );
