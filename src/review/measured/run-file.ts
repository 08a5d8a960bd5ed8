/**
 * `slipway-measured.json`: what was measured on a machine, as `slipway measure` and any test suite can write it. Every
 * field but the first three may be absent; what is absent proves nothing. Refuses unknown fields and values of the wrong
 * kind, by name.
 */
import { isObject } from '../../core/is-object.ts';
import type { MeterTotal } from '../../core/usage.ts';
import type { PhysicalIds } from '../cost/index.ts';
import type { Rehearsals } from '../readiness/index.ts';
import type { MeasuredAction } from '../security/report.ts';

export const measuredFileName = 'slipway-measured.json';

export interface MeasuredFile {
  readonly version: 1;
  /** `YYYY-MM-DD`. */
  readonly measuredAt: string;
  /** What measured it: the command. */
  readonly by: string;
  /** How many uses of the app the run served. Without it the meter does not become usage. */
  readonly uses?: number;
  /** Physical id or ARN to `Stack/LogicalId`. */
  readonly physicalIds?: PhysicalIds;
  /** What principals did. */
  readonly actions?: readonly MeasuredAction[];
  readonly meter?: readonly MeterTotal[];
  readonly samples?: readonly MeasuredSamples[];
  readonly rehearsals?: Rehearsals;
}

export interface MeasuredSamples {
  /** The name or ARN that a local cloud uses, or a name of the template: `Jobs/Worker`. */
  readonly resource: string;
  readonly what: 'duration' | 'init' | 'receive-to-delete';
  readonly seconds: readonly number[];
}

type Kind = 'text' | 'number' | 'flag' | 'texts' | 'numbers' | 'names' | readonly string[];
interface Shape {
  readonly [field: string]: Kind | { readonly listOf: Shape } | { readonly object: Shape };
}

/** A field that ends in ? may be absent. */
const shape: Shape = {
  version: ['1'],
  measuredAt: 'text',
  by: 'text',
  'uses?': 'number',
  'physicalIds?': 'names',
  'actions?': { listOf: { principal: 'text', action: 'text', resource: 'text' } },
  'meter?': {
    listOf: { service: 'text', usage: 'text', quantity: 'number', 'resource?': 'text', hour: 'number' },
  },
  'samples?': {
    listOf: { resource: 'text', what: ['duration', 'init', 'receive-to-delete'], seconds: 'numbers' },
  },
  'rehearsals?': {
    object: {
      'jobs?': { object: { run: 'number', completed: 'number', failed: 'number' } },
      'latencies?': { listOf: { what: 'text', p95Ms: 'number', 'objectiveMs?': 'number' } },
      'load?': { object: { requestsPerSecond: 'number', seconds: 'number', errors: 'number' } },
      'faults?': { listOf: { what: 'text', recovered: 'flag', 'seconds?': 'number' } },
      'restarts?': { listOf: { what: 'text', kept: 'flag' } },
      'restores?': { listOf: { what: 'text', seconds: 'number', complete: 'flag' } },
      'alarmsFired?': 'texts',
      'denials?': 'number',
    },
  },
};

export function readMeasuredFile(
  text: string,
): { readonly measured: MeasuredFile } | { readonly problems: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [`it is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const problems: string[] = [];
  verify(value, shape, '', problems);
  // Verified field by field above.
  return problems.length > 0 ? { problems } : { measured: value as MeasuredFile };
}

function verify(value: unknown, expected: Shape, path: string, problems: string[]): void {
  if (!isObject(value)) {
    problems.push(`${path.slice(0, -1) || 'the file'} is ${shown(value)}, expected an object`);
    return;
  }
  const names = Object.keys(expected).map((name) => name.replace('?', ''));
  for (const key of Object.keys(value))
    if (!names.includes(key)) problems.push(`${path}${key} is not a field; known are ${names.join(', ')}`);
  for (const [name, kind] of Object.entries(expected)) {
    const key = name.replace('?', '');
    const found = value[key];
    const here = `${path}${key}`;
    if (found === undefined) {
      if (key === name) problems.push(`${here} is missing`);
    } else if (typeof kind === 'object' && 'listOf' in kind) {
      if (!Array.isArray(found)) problems.push(`${here} is ${shown(found)}, expected a list`);
      else
        for (const [index, item] of found.entries()) verify(item, kind.listOf, `${here}.${index}.`, problems);
    } else if (typeof kind === 'object' && 'object' in kind) verify(found, kind.object, `${here}.`, problems);
    else if (!isKind(found, kind)) problems.push(`${here} is ${shown(found)}, expected ${called(kind)}`);
  }
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

function isKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'number':
      return isNumber(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'numbers':
      return Array.isArray(value) && value.every(isNumber);
    case 'names':
      return isObject(value) && Object.values(value).every((item) => typeof item === 'string');
    default:
      return kind.includes(String(value));
  }
}

const kindNames = {
  text: 'a text',
  number: 'a number of 0 or more',
  flag: 'true or false',
  texts: 'a list of texts',
  numbers: 'a list of numbers of 0 or more',
  names: 'an object with a text for each name',
} as const;

const called = (kind: Kind): string => (typeof kind === 'string' ? kindNames[kind] : kind.join(', '));

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? typeof value;
