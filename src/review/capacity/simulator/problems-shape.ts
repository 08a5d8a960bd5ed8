/** Checks that required fields are there and of the right type: input may come from JSON. */
import type { LoadProfile, SystemModel } from './model.ts';
import type { Report } from './problems-checks.ts';

const capacity = ['min', 'desired', 'max', 'startUp', 'concurrency', 'service'] as const;

/** Fields without a default, by kind of node, distribution and rate. */
const needed: Readonly<
  Record<'node' | 'distribution' | 'rate', Readonly<Record<string, readonly string[]>>>
> = {
  node: {
    api: ['routes'],
    function: ['memoryMb', 'timeout', 'service', 'coldStart'],
    queue: [],
    poller: ['queue', 'function'],
    workers: ['takes', ...capacity],
    database: ['query'],
    endpoint: [...capacity],
  },
  distribution: {
    constant: ['value'],
    exponential: ['mean'],
    lognormal: ['p50', 'p95'],
    gamma: ['mean', 'shape'],
    uniform: ['min', 'max'],
    samples: ['values'],
    quantiles: ['points'],
    mixture: ['parts'],
  },
  rate: {
    steady: ['rate'],
    daily: ['mean', 'peakRatio'],
    spike: ['base', 'peak', 'at', 'length'],
    ramp: ['from', 'to', 'length'],
    recorded: ['points'],
  },
};

/** Where distributions stand in nodes. */
const distributions = ['service', 'coldStart', 'startUp', 'query', 'overhead'] as const;

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function check(what: keyof typeof needed, value: unknown, field: string, report: Report): value is Fields {
  if (!isObject(value)) {
    report(field, 'is needed');
    return false;
  }
  const kind = String(value.kind);
  const fields = needed[what][kind];
  if (!fields) {
    report(`${field}.kind`, `must be one of ${Object.keys(needed[what]).join(', ')}, got ${kind}`);
    return false;
  }
  for (const name of fields)
    if (value[name] === undefined || value[name] === null) report(`${field}.${name}`, 'is needed');
  return true;
}

function distribution(value: unknown, field: string, report: Report): void {
  if (!check('distribution', value, field, report) || !Array.isArray(value.parts)) return;
  for (const [i, part] of value.parts.entries())
    distribution(isObject(part) ? part.of : undefined, `${field}.parts[${i}].of`, report);
}

export function shapeProblems(model: SystemModel, profile: LoadProfile, report: Report): void {
  if (!Array.isArray(model.nodes)) report('nodes', 'is needed');
  else
    for (const [i, node] of model.nodes.entries()) {
      const fields: unknown = node;
      const field = `nodes[${i}](${isObject(fields) ? fields.id : '?'})`;
      if (!check('node', fields, field, report)) continue;
      if (typeof fields.id !== 'string') report(`${field}.id`, 'is needed');
      for (const name of distributions)
        if (fields[name] !== undefined) distribution(fields[name], `${field}.${name}`, report);
    }
  if (profile.duration === undefined) report('profile.duration', 'is needed');
  if (!Array.isArray(profile.entries)) report('profile.entries', 'is needed');
  else
    for (const [i, entry] of profile.entries.entries())
      check('rate', isObject(entry) ? entry.rate : undefined, `profile.entries[${i}].rate`, report);
}
