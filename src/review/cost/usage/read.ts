/**
 * Reads a usage file. Refuses, with the line: what is not YAML, keys and resources that the app does not have, and
 * numbers that are negative, not numbers, or fall from low to high.
 */
import { isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { Architecture } from '../../../architecture/index.ts';
import { nearest } from '../../../core/nearest.ts';
import type { Uses } from '../report.ts';
import { namesOf } from './match.ts';
import { type Answer, assumedUses, type ReadUsage, type UsageProblem } from './model.ts';
import { questionsOf } from './questions.ts';

interface Reading {
  problem(node: unknown, message: string, fix?: string): void;
}

export function readUsage(text: string, app: Architecture): ReadUsage {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems: UsageProblem[] = document.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    message: error.message.split('\n')[0] ?? error.message,
  }));
  if (problems.length > 0) return { problems };
  const reading: Reading = {
    problem: (node, message, fix) => {
      const at = startOf(node);
      problems.push({
        message,
        ...(at === undefined ? {} : { line: lines.linePos(at).line }),
        ...(fix === undefined ? {} : { fix }),
      });
    },
  };
  const { contents } = document;
  let { uses } = { uses: assumedUses };
  let usesStated = false;
  const answers = new Map<string, Map<string, Answer>>();
  if (contents !== null && !isMap(contents))
    reading.problem(contents, 'a usage file is a map of unit, uses and resources');
  else
    for (const pair of contents?.items ?? []) {
      const key = keyText(pair);
      if (key === 'unit') {
        const unit = isScalar(pair.value) ? pair.value.value : undefined;
        if (typeof unit === 'string' && unit.trim() !== '') uses = { ...uses, unit: unit.trim() };
        else reading.problem(pair.key, 'unit is the word for one use of the app, such as `unit: plan`');
      } else if (key === 'uses') {
        const read = readUses(pair, uses.unit, reading);
        if (read !== undefined) {
          uses = { ...read, unit: uses.unit };
          usesStated = true;
        }
      } else if (key === 'resources') readResources(pair, app, answers, reading);
      else reading.problem(pair.key, `unknown key ${key}`, suggest(key, ['unit', 'uses', 'resources']));
    }
  return problems.length > 0 ? { problems } : { usage: { uses, usesStated, answers } };
}

function readUses(pair: Pair, unit: string, reading: Reading): Uses | undefined {
  const points = isMap(pair.value) ? readPoints(pair.value, reading, 'uses') : undefined;
  if (points !== undefined) return { unit, ...points };
  if (isMap(pair.value)) return undefined;
  const one = readNumber(pair.value, reading, 'uses');
  return one === undefined ? undefined : { unit, low: one, expected: one, high: one };
}

function readResources(
  pair: Pair,
  app: Architecture,
  answers: Map<string, Map<string, Answer>>,
  reading: Reading,
): void {
  if (isScalar(pair.value) && pair.value.value === null) return;
  if (!isMap(pair.value)) {
    reading.problem(pair.key, 'resources is a map of resources, each with its answers');
    return;
  }
  const { asked } = questionsOf(app);
  const questions = new Map(asked.map(({ resource, questions: list }) => [resource.id, list]));
  const names = namesOf(asked.map(({ resource }) => resource));
  const known = namesOf(app.resources);
  for (const item of pair.value.items) {
    const name = keyText(item);
    const resources = names.get(name);
    if (resources === undefined) {
      const silent = known.get(name);
      if (silent !== undefined)
        reading.problem(
          item.key,
          `${name} (${silent[0]?.type ?? 'it'}) asks nothing, so there is nothing to answer`,
        );
      else reading.problem(item.key, `the app has no resource ${name}`, suggest(name, names.keys()));
      continue;
    }
    if (isScalar(item.value) && item.value.value === null) continue;
    if (!isMap(item.value)) {
      reading.problem(item.key, `${name} takes a map of answers, such as \`requests: { perUse: 2 }\``);
      continue;
    }
    for (const answered of item.value.items) {
      const key = keyText(answered);
      const takers = resources.filter((one) =>
        questions.get(one.id)?.some((question) => question.key === key),
      );
      if (takers.length === 0) {
        const keys = resources.flatMap((one) => questions.get(one.id)?.map((question) => question.key) ?? []);
        reading.problem(
          answered.key,
          `${name} does not ask ${key}`,
          suggest(key, keys) ?? `it asks ${[...new Set(keys)].join(', ')}`,
        );
        continue;
      }
      const answer = readAnswer(answered.value, reading, `${name}: ${key}`);
      if (answer === undefined) continue;
      for (const taker of takers) {
        const list = answers.get(taker.id) ?? new Map<string, Answer>();
        list.set(key, answer);
        answers.set(taker.id, list);
      }
    }
  }
}

function readAnswer(value: unknown, reading: Reading, what: string): Answer | undefined {
  if (!isMap(value)) {
    const number = readNumber(value, reading, what);
    return number === undefined ? undefined : { kind: 'fixed', value: number };
  }
  const keys = value.items.map(keyText);
  if (keys.some((key) => key === 'perUse' || key === 'fixed')) {
    const found: Record<string, number> = {};
    for (const pair of value.items) {
      const key = keyText(pair);
      if (key !== 'perUse' && key !== 'fixed') {
        reading.problem(pair.key, `${what}: unknown key ${key}`, suggest(key, ['perUse', 'fixed']));
        return undefined;
      }
      const number = readNumber(pair.value, reading, `${what}: ${key}`);
      if (number === undefined) return undefined;
      found[key] = number;
    }
    return { kind: 'per-use', perUse: found.perUse ?? 0, fixed: found.fixed ?? 0 };
  }
  const points = readPoints(value, reading, what);
  return points === undefined ? undefined : { kind: 'points', points };
}

const pointKeys = ['low', 'expected', 'high'] as const;

function readPoints(map: YAMLMap, reading: Reading, what: string) {
  const found: Record<string, number> = {};
  for (const pair of map.items) {
    const key = keyText(pair);
    if (!pointKeys.some((one) => one === key)) {
      const others = what === 'uses' ? [...pointKeys] : [...pointKeys, 'perUse', 'fixed'];
      reading.problem(
        pair.key,
        `${what}: unknown key ${key}`,
        suggest(key, others) ?? `it takes ${others.join(', ')}`,
      );
      return undefined;
    }
    const number = readNumber(pair.value, reading, `${what}: ${key}`);
    if (number === undefined) return undefined;
    found[key] = number;
  }
  const { low, expected, high } = found;
  if (low === undefined || expected === undefined || high === undefined) {
    reading.problem(map, `${what} needs low, expected and high`);
    return undefined;
  }
  if (low > expected || expected > high) {
    reading.problem(
      map,
      `${what} falls: low ${low}, expected ${expected}, high ${high}`,
      'give them in rising order',
    );
    return undefined;
  }
  return { low, expected, high };
}

function readNumber(value: unknown, reading: Reading, what: string): number | undefined {
  const number = isScalar(value) ? value.value : undefined;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    reading.problem(
      value,
      `${what} is not a number: ${isScalar(value) ? String(value.value) : 'it is a list or map'}`,
    );
    return undefined;
  }
  if (number < 0) {
    reading.problem(value, `${what} cannot be negative: ${number}`);
    return undefined;
  }
  return number;
}

function keyText(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '?';
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const { range } = node;
  const start: unknown = Array.isArray(range) ? range[0] : undefined;
  return typeof start === 'number' ? start : undefined;
}

function suggest(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `did you mean ${near}?`;
}
