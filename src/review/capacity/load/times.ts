/** Distributions under `load`: `250ms`, `{ p50, p95 }`, `{ mean }`, `{ min, max }`, `{ samples }` or `measured`. */

import { durationOf } from '../../inputs/units.ts';
import type { Field, Reader } from '../../inputs/yaml-reader.ts';
import type { Distribution } from '../simulator/model.ts';
import { distributionFrom, type MeasuredTimes, measuredDistribution, notMeasured } from './measured.ts';

const forms =
  "times are written as '250ms', { p50: 100ms, p95: 300ms }, { mean: 1s }, { min: 1s, max: 3s }, { samples: [..] } or 'measured'";

/** @param what of the resource is asked for: `time` or `coldStart` are measured, others are not */
export function readTimes(
  reader: Reader,
  field: Field,
  measured: MeasuredTimes | undefined,
  { resource, what }: { readonly resource: string; readonly what: string },
): Distribution | undefined {
  const source = reader.source(field);
  if (!reader.isMap(field)) {
    const value = reader.scalar(field);
    if (value === 'measured')
      return (
        measuredDistribution(measured, resource, what) ??
        reader.problem(field, `${notMeasured(measured, resource)}; state { p50, p95 }`)
      );
    const seconds = durationOf(value);
    return seconds === undefined || seconds < 0
      ? reader.problem(field, forms)
      : { kind: 'constant', value: { value: seconds, source } };
  }
  const fields = reader.map(field, ['p50', 'p95', 'mean', 'min', 'max', 'samples']);
  const of = (name: string) => {
    const one = fields.get(name);
    if (one === undefined) return undefined;
    const value = durationOf(reader.scalar(one));
    if (value === undefined || value < 0) return reader.problem(one, "a time is written as '250ms' or '1s'");
    return { value, source: reader.source(one) };
  };
  const samples = fields.get('samples');
  if (samples !== undefined) {
    const values = reader.list(samples).flatMap((item) => durationOf(reader.scalar(item)) ?? []);
    return values.length === 0
      ? reader.problem(samples, 'a list of times is needed')
      : distributionFrom(values, reader.source(samples));
  }
  const [p50, p95, mean, min, max] = ['p50', 'p95', 'mean', 'min', 'max'].map(of);
  if (p50 !== undefined && p95 !== undefined)
    return p95.value < p50.value || p50.value <= 0
      ? reader.problem(field, 'p50 must be above zero and not above p95')
      : { kind: 'lognormal', p50, p95 };
  if (mean !== undefined) return { kind: 'exponential', mean };
  if (min !== undefined && max !== undefined)
    return max.value < min.value
      ? reader.problem(field, 'min must not be above max')
      : { kind: 'uniform', min, max };
  return reader.problem(field, forms);
}
