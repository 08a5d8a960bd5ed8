/** Reads the `load` part of the review file. Names that the template does not have are refused, with the one meant. */
import type { Architecture } from '../../../architecture/index.ts';
import { didYouMean } from '../../../core/nearest.ts';
import { durationOf, numberOf, round } from '../../inputs/units.ts';
import type { Field, Fields, Reader } from '../../inputs/yaml-reader.ts';
import { modelOf } from '../model/build.ts';
import { defaultDuration, defaultSeed, defaultWarmUp, withDefaultObjectives } from './default.ts';
import type { MeasuredTimes } from './measured.ts';
import type { Arrivals, Load, Work } from './model.ts';
import { type Names, namesIn } from './names.ts';
import { readObjective } from './objectives.ts';
import { type ReadRate, readRate, scaleRate, wordsOf } from './rate.ts';
import { clean, readRetry, readWork } from './work.ts';

const keys = ['seed', 'duration', 'warmUp', 'arrivals', 'work', 'objectives', 'accountConcurrency'];

/** @param measured for `time: measured` */
export function readLoad(reader: Reader, field: Field, app: Architecture, measured?: MeasuredTimes): Load {
  const model = modelOf(app);
  const names = namesIn(model);
  const fields = reader.map(field, keys);
  const number = (
    name: string,
    read: (value: ReturnType<Reader['scalar']>) => number | undefined,
    wanted: string,
  ) => {
    const one = fields.get(name);
    if (one === undefined) return undefined;
    const value = read(reader.scalar(one));
    return value === undefined || value < 0
      ? reader.problem(one, `${wanted} is needed`)
      : { value, source: reader.source(one) };
  };
  const duration = number('duration', durationOf, "a time such as '1h'")?.value ?? defaultDuration;
  const given = number('warmUp', durationOf, "a time such as '10min'")?.value;
  const warmUp = given ?? Math.min(defaultWarmUp, duration / 6);
  if (warmUp >= duration) reader.problem(fields.get('warmUp') ?? field, 'it must be shorter than duration');
  const known = model.entries.map(({ id }) => id);
  const arrivals = readArrivals(reader, fields.get('arrivals'), known);
  const kinds = new Map([...model.built.values()].map(({ resource, node }) => [resource.id, node.kind]));
  const queues = [...model.built.values()].filter(({ node }) => node.kind === 'queue');
  const stated = fields.get('objectives');
  const objectives = (stated === undefined ? [] : reader.list(stated)).flatMap((one) =>
    readObjective(reader, one, {
      entries: arrivals.map(({ entry }) => entry),
      queue: (name) => {
        const id = names.resource(name);
        return queues.some(({ resource }) => resource.id === id) ? id : undefined;
      },
      queues: queues.map(({ label }) => label),
    }),
  );
  const load: Load = {
    origin: 'file',
    seed: number('seed', numberOf, 'a number')?.value ?? defaultSeed,
    duration,
    warmUp,
    arrivals,
    work: readAllWork(reader, fields.get('work'), names, kinds, measured),
    objectives: withDefaultObjectives(objectives.map((objective) => ({ objective, stated: true }))),
    ...clean<Pick<Load, 'accountConcurrency'>>({
      accountConcurrency: number('accountConcurrency', numberOf, 'a number'),
    }),
  };
  if (arrivals.length === 0 && reader.problems.length === 0)
    reader.problem(fields.get('arrivals') ?? field, `arrivals are needed${didYouMean('', known)}`);
  return load;
}

function readArrivals(reader: Reader, field: Field | undefined, known: readonly string[]): Arrivals[] {
  const read: {
    entry: string;
    rate: ReadRate;
    more: Omit<Arrivals, 'entry' | 'rate' | 'text' | 'assumed'>;
  }[] = [];
  for (const [name, one] of reader.map(field)) {
    if (!known.includes(name)) {
      reader.problem(one, `nothing in the template is called '${name}'${didYouMean(name, known)}`);
      continue;
    }
    const fields = reader.isMap(one) ? reader.map(one, ['rate', 'arrivals', 'retry', 'timeout']) : undefined;
    const rateField = fields === undefined ? one : fields.get('rate');
    if (rateField === undefined) {
      reader.problem(one, 'rate is needed');
      continue;
    }
    const rate = readRate(reader, rateField);
    if (rate !== undefined) read.push({ entry: name, rate, more: moreOf(reader, fields) });
  }
  return read.flatMap(({ entry, rate, more }): Arrivals[] => {
    const found = follow(reader, read, rate, new Set([entry]));
    if (found === undefined) return [];
    const text =
      'of' in rate ? `${round(rate.times)} for each ${rate.of}: ${wordsOf(found)}` : wordsOf(found);
    return [{ entry, rate: found, text, assumed: false, ...more }];
  });
}

function moreOf(reader: Reader, fields: Fields | undefined) {
  const arrivals = fields?.get('arrivals');
  const how = arrivals && reader.scalar(arrivals);
  if (arrivals !== undefined && how !== 'poisson' && how !== 'deterministic')
    reader.problem(arrivals, "it is 'poisson' or 'deterministic'");
  const retry = fields?.get('retry');
  const timeout = fields?.get('timeout');
  const seconds = timeout && durationOf(reader.scalar(timeout));
  if (timeout !== undefined && seconds === undefined)
    reader.problem(timeout, "a time such as '10s' is needed");
  return clean<Pick<Arrivals, 'how' | 'retry' | 'timeout'>>({
    how: how === 'poisson' || how === 'deterministic' ? how : undefined,
    retry: retry && readRetry(reader, retry),
    timeout:
      timeout && seconds !== undefined ? { value: seconds, source: reader.source(timeout) } : undefined,
  });
}

/** `4 per POST /jobs`: four times the rate of the other, whatever its shape. */
function follow(
  reader: Reader,
  all: readonly { readonly entry: string; readonly rate: ReadRate }[],
  rate: ReadRate,
  seen: ReadonlySet<string>,
): ReturnType<typeof scaleRate> | undefined {
  if (!('of' in rate)) return rate.rate;
  const other = all.find(({ entry }) => entry === rate.of);
  if (other === undefined || seen.has(rate.of))
    return reader.problem(
      rate.field,
      other === undefined
        ? `there are no arrivals at '${rate.of}'${didYouMean(
            rate.of,
            all.map(({ entry }) => entry),
          )}`
        : `'${rate.of}' follows itself`,
    );
  const of = follow(reader, all, other.rate, new Set([...seen, rate.of]));
  return of && scaleRate(of, rate.times);
}

function readAllWork(
  reader: Reader,
  field: Field | undefined,
  names: Names,
  kinds: ReadonlyMap<string, string>,
  measured: MeasuredTimes | undefined,
): Work[] {
  const found: Work[] = [];
  for (const [name, one] of reader.map(field)) {
    const resource = names.resource(name);
    if (resource === undefined) {
      reader.problem(one, `nothing in the model is called '${name}'${didYouMean(name, names.labels)}`);
      continue;
    }
    if (found.some((other) => other.resource === resource)) {
      reader.problem(one, 'it is the same resource as another one above');
      continue;
    }
    found.push(readWork(reader, one, resource, kinds.get(resource) ?? '', names, measured));
  }
  return found;
}
