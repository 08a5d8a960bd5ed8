/**
 * Reads the `usage` part of the review file. Refuses keys and resources that the app does not have, and numbers that are
 * negative, not numbers, or fall from low to high.
 */
import type { Architecture } from '../../../architecture/index.ts';
import { didYouMean } from '../../../core/nearest.ts';
import type { Field, Reader } from '../../inputs/yaml-reader.ts';
import type { Uses } from '../report.ts';
import { namesOf } from './match.ts';
import { type Answer, assumedUses, type Usage } from './model.ts';
import { questionsOf } from './questions.ts';

export function readUsage(reader: Reader, field: Field, app: Architecture): Usage {
  const fields = reader.map(field, ['unit', 'uses', 'resources']);
  const uses = readUses(reader, fields.get('uses'));
  return {
    uses: { ...(uses ?? assumedUses), unit: readUnit(reader, fields.get('unit')) },
    usesStated: uses !== undefined,
    answers: readResources(reader, fields.get('resources'), app),
  };
}

function readUnit(reader: Reader, field: Field | undefined): string {
  if (field === undefined) return assumedUses.unit;
  const unit = reader.scalar(field);
  if (typeof unit === 'string' && unit.trim() !== '') return unit.trim();
  reader.problem(field, 'expected the word for one use of the app, such as `unit: plan`');
  return assumedUses.unit;
}

function readUses(reader: Reader, field: Field | undefined): Omit<Uses, 'unit'> | undefined {
  if (field === undefined) return undefined;
  if (reader.isMap(field)) return readPoints(reader, field);
  const uses = reader.number(field);
  return uses === undefined ? undefined : { low: uses, expected: uses, high: uses };
}

function readResources(
  reader: Reader,
  field: Field | undefined,
  app: Architecture,
): Map<string, Map<string, Answer>> {
  const answers = new Map<string, Map<string, Answer>>();
  const { asked } = questionsOf(app);
  const questions = new Map(asked.map(({ resource, questions: list }) => [resource.id, list]));
  const names = namesOf(asked.map(({ resource }) => resource));
  const known = namesOf(app.resources);
  for (const [name, stated] of reader.map(field)) {
    const resources = names.get(name);
    if (resources === undefined) {
      const silent = known.get(name);
      reader.problem(
        stated,
        silent === undefined
          ? `the app has no resource of this name${didYouMean(name, [...names.keys()])}`
          : `${silent[0]?.type ?? 'it'} asks nothing, so there is nothing to answer`,
      );
      continue;
    }
    for (const [key, value] of reader.map(stated)) {
      const takers = resources.filter((one) =>
        questions.get(one.id)?.some((question) => question.key === key),
      );
      if (takers.length === 0) {
        const keys = resources.flatMap((one) => questions.get(one.id)?.map((question) => question.key) ?? []);
        reader.problem(value, `the resource does not ask this${didYouMean(key, [...new Set(keys)])}`);
        continue;
      }
      const answer = readAnswer(reader, value);
      if (answer === undefined) continue;
      for (const taker of takers) {
        const list = answers.get(taker.id) ?? new Map<string, Answer>();
        list.set(key, answer);
        answers.set(taker.id, list);
      }
    }
  }
  return answers;
}

const levels = ['low', 'expected', 'high'] as const;

function readAnswer(reader: Reader, field: Field): Answer | undefined {
  if (!reader.isMap(field)) {
    const value = reader.number(field);
    return value === undefined ? undefined : { kind: 'fixed', value };
  }
  const fields = reader.map(field, [...levels, 'perUse', 'fixed']);
  if (!fields.has('perUse') && !fields.has('fixed')) {
    const points = readPoints(reader, field);
    return points === undefined ? undefined : { kind: 'points', points };
  }
  if (levels.some((level) => fields.has(level)))
    return reader.problem(field, 'takes either perUse and fixed, or low, expected and high');
  const [perUse, fixed] = ['perUse', 'fixed'].map((key) =>
    fields.has(key) ? reader.number(fields.get(key)) : 0,
  );
  return perUse === undefined || fixed === undefined ? undefined : { kind: 'per-use', perUse, fixed };
}

function readPoints(reader: Reader, field: Field) {
  const fields = reader.map(field, levels);
  if (levels.some((level) => !fields.has(level)))
    return reader.problem(field, 'low, expected and high are needed');
  const [low, expected, high] = levels.map((level) => reader.number(fields.get(level)));
  if (low === undefined || expected === undefined || high === undefined) return undefined;
  if (low > expected || expected > high)
    return reader.problem(
      field,
      `falls: low ${low}, expected ${expected}, high ${high}; give them in rising order`,
    );
  return { low, expected, high };
}
