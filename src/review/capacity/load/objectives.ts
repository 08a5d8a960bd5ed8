/** The objectives of a load; each names an entry or a queue that the model has. */

import { didYouMean } from '../../../core/nearest.ts';
import { durationOf, numberOf, shareOf } from '../../inputs/units.ts';
import type { Field, Reader } from '../../inputs/yaml-reader.ts';
import type { Objective, Percentile } from '../report.ts';

interface Known {
  readonly entries: readonly string[];
  /** Node id of a queue by one of its names. */
  readonly queue: (name: string) => string | undefined;
  readonly queues: readonly string[];
}

const keys = ['entry', 'answered', 'done', 'errors', 'queue', 'age', 'backlog', 'deadLetters'];
const percentiles: Readonly<Record<string, Percentile>> = { p50: 50, p95: 95, p99: 99 };

export function readObjective(reader: Reader, field: Field, known: Known): Objective[] {
  const fields = reader.map(field, keys);
  const entry = nameOf(
    reader,
    fields.get('entry'),
    (name) => (known.entries.includes(name) ? name : undefined),
    known.entries,
  );
  const queue = nameOf(reader, fields.get('queue'), known.queue, known.queues);
  if (entry === null || queue === null) return [];
  const found: Objective[] = [];
  for (const [name, kind] of [
    ['answered', 'answered-within'],
    ['done', 'done-within'],
  ] as const) {
    const within = fields.get(name);
    if (within === undefined) continue;
    if (entry === undefined) reader.problem(within, "it needs an 'entry'");
    else
      for (const [percentile, time] of reader.map(within, Object.keys(percentiles))) {
        const seconds = durationOf(reader.scalar(time));
        const number = percentiles[percentile];
        if (seconds === undefined) reader.problem(time, "a time is written as '250ms' or '1s'");
        else if (number !== undefined) found.push({ kind, entry, percentile: number, seconds });
      }
  }
  const errors = fields.get('errors');
  if (errors !== undefined) {
    const share = shareOf(reader.scalar(errors));
    if (share === undefined) reader.problem(errors, "a share is written as '1%' or 0.01");
    else found.push({ kind: 'errors-at-most', share, ...(entry === undefined ? {} : { entry }) });
  }
  const deadLetters = fields.get('deadLetters');
  if (deadLetters !== undefined) {
    const count = numberOf(reader.scalar(deadLetters));
    if (count === undefined) reader.problem(deadLetters, 'a number is needed');
    else found.push({ kind: 'dead-letters-at-most', count, ...(queue === undefined ? {} : { queue }) });
  }
  for (const name of ['age', 'backlog'] as const) {
    const one = fields.get(name);
    if (one === undefined) continue;
    const value = name === 'age' ? durationOf(reader.scalar(one)) : numberOf(reader.scalar(one));
    if (queue === undefined) reader.problem(one, "it needs a 'queue'");
    else if (value === undefined)
      reader.problem(one, name === 'age' ? "a time is written as '60s'" : 'a number is needed');
    else
      found.push(
        name === 'age'
          ? { kind: 'age-at-most', queue, seconds: value }
          : { kind: 'backlog-at-most', queue, messages: value },
      );
  }
  if (found.length === 0 && reader.problems.length === 0)
    reader.problem(
      field,
      'it asks for nothing: answered, done, errors, age, backlog or deadLetters is needed',
    );
  return found;
}

/** undefined: not given. null: given, and not known. */
function nameOf(
  reader: Reader,
  field: Field | undefined,
  find: (name: string) => string | undefined,
  known: readonly string[],
): string | undefined | null {
  if (field === undefined) return undefined;
  const name = String(reader.scalar(field));
  const found = find(name);
  if (found !== undefined) return found;
  reader.problem(field, `nothing in the model is called '${name}'${didYouMean(name, known)}`);
  return null;
}
