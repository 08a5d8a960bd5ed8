/** The `work` part of a load: what the template cannot say of one resource. */

import { didYouMean } from '../../../core/nearest.ts';
import { durationOf, numberOf, shareOf } from '../../inputs/units.ts';
import type { Field, Reader } from '../../inputs/yaml-reader.ts';
import type { Distribution, Retry, Sourced } from '../simulator/model.ts';
import type { MeasuredTimes } from './measured.ts';
import type { StatedCall, Work } from './model.ts';
import type { Names } from './names.ts';
import { readTimes } from './times.ts';

const common = ['time', 'failure', 'calls'];
/** By the kind of node; a key of another kind is refused, since it would change nothing. */
const keys: Readonly<Record<string, readonly string[]>> = {
  api: ['time'],
  queue: [],
  function: [...common, 'coldStart', 'keepWarm', 'per'],
  workers: [
    ...common,
    'startUp',
    'concurrency',
    'takesWhenFree',
    'cpuPerSlot',
    'givesBack',
    'interruptionsPerHour',
  ],
  endpoint: ['time', 'failure', 'startUp', 'concurrency'],
  database: ['time', 'maxConnections', 'connectionsPerClient', 'parallelism'],
};

export function readWork(
  reader: Reader,
  field: Field,
  resource: string,
  kind: string,
  names: Names,
  measured: MeasuredTimes | undefined,
): Work {
  const fields = reader.map(field, keys[kind] ?? []);
  const times = (name: string): Distribution | undefined => {
    const one = fields.get(name);
    return one && readTimes(reader, one, measured, { resource, what: name });
  };
  const value = (
    name: string,
    read: (value: ReturnType<Reader['scalar']>) => number | undefined,
    wanted: string,
  ): Sourced | undefined => {
    const one = fields.get(name);
    if (one === undefined) return undefined;
    const number = read(reader.scalar(one));
    return number === undefined || number < 0
      ? reader.problem(one, `${wanted} is needed`)
      : { value: number, source: reader.source(one) };
  };
  const givesBack = fields.get('givesBack');
  const per = fields.get('per');
  const perValue = per && reader.scalar(per);
  if (per !== undefined && perValue !== 'each' && perValue !== 'batch')
    reader.problem(per, "it is 'each' or 'batch'");
  const calls = fields.get('calls');
  return clean<Work>({
    resource,
    time: times('time'),
    coldStart: times('coldStart'),
    startUp: times('startUp'),
    keepWarm: value('keepWarm', durationOf, 'a time'),
    concurrency: value('concurrency', numberOf, 'a number'),
    takesWhenFree: value('takesWhenFree', numberOf, 'a number'),
    failure: value('failure', shareOf, "a share such as '0.1%'"),
    cpuPerSlot: value('cpuPerSlot', shareOf, 'a share from 0 to 1'),
    interruptionsPerHour: value('interruptionsPerHour', numberOf, 'a number'),
    maxConnections: value('maxConnections', numberOf, 'a number'),
    connectionsPerClient: value('connectionsPerClient', numberOf, 'a number'),
    parallelism: value('parallelism', numberOf, 'a number'),
    givesBack: givesBack === undefined ? undefined : reader.scalar(givesBack) === true,
    per: perValue === 'each' || perValue === 'batch' ? perValue : undefined,
    calls: calls && reader.list(calls).flatMap((item) => readCall(reader, item, names)),
  });
}

function readCall(reader: Reader, field: Field, names: Names): StatedCall[] {
  const fields = reader.map(field, ['to', 'what', 'how', 'times', 'probability', 'retry']);
  const to = fields.get('to');
  if (to === undefined) {
    reader.problem(field, "'to' is needed");
    return [];
  }
  const name = String(reader.scalar(to));
  const resource = names.resource(name);
  if (resource === undefined) {
    reader.problem(to, `nothing in the model is called '${name}'${didYouMean(name, names.labels)}`);
    return [];
  }
  const oneOf = <T extends string>(key: string, values: readonly T[]): T | undefined => {
    const one = fields.get(key);
    const given = one && reader.scalar(one);
    const found = values.find((value) => value === given);
    if (one !== undefined && found === undefined) reader.problem(one, `it is one of ${values.join(', ')}`);
    return found;
  };
  const number = (key: string, read: (value: ReturnType<Reader['scalar']>) => number | undefined) => {
    const one = fields.get(key);
    const value = one && read(reader.scalar(one));
    if (one !== undefined && value === undefined) reader.problem(one, 'a number is needed');
    return one === undefined || value === undefined ? undefined : { value, source: reader.source(one) };
  };
  const retry = fields.get('retry');
  const times = number('times', numberOf);
  if (times !== undefined && !Number.isInteger(times.value))
    reader.problem(field, 'times must be a whole number; use probability for shares');
  return [
    clean<StatedCall>({
      to: resource,
      what: oneOf('what', ['read', 'write'] as const),
      how: oneOf('how', ['wait', 'send'] as const),
      times,
      probability: number('probability', shareOf),
      retry: retry && readRetry(reader, retry),
    }),
  ];
}

/** `3` or `{ attempts: 3, base: 100ms, cap: 2s }`. */
export function readRetry(reader: Reader, field: Field): Retry | undefined {
  const source = reader.source(field);
  if (!reader.isMap(field)) {
    const attempts = numberOf(reader.scalar(field));
    if (attempts === undefined || attempts < 1)
      return reader.problem(field, 'the number of attempts, the first included');
    const how = 'an SDK waits 100 ms, doubling, up to 20 s';
    return {
      attempts: { value: attempts, source },
      base: { value: 0.1, source: how, assumed: true },
      cap: { value: 20, source: how, assumed: true },
    };
  }
  const fields = reader.map(field, ['attempts', 'base', 'cap', 'jitter']);
  const read = (name: string, of: (value: ReturnType<Reader['scalar']>) => number | undefined) => {
    const one = fields.get(name);
    const value = one && of(reader.scalar(one));
    return value === undefined ? reader.problem(one ?? field, `${name} is needed`) : { value, source };
  };
  const [attempts, base, cap] = [
    read('attempts', numberOf),
    read('base', durationOf),
    read('cap', durationOf),
  ];
  if (attempts === undefined || base === undefined || cap === undefined) return undefined;
  const jitter = fields.get('jitter');
  return {
    attempts,
    base,
    cap,
    ...(jitter && reader.scalar(jitter) === 'none' ? { jitter: 'none' as const } : {}),
  };
}

/** Leaves out what is undefined, so that "not given" and "given" stay apart. */
export const clean = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  // Every required property is given by the callers; only absent optional ones are dropped.
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
