/** Reads the text of one part of the review file as if it stood alone, so that a test's lines count from 1. */
import type { Architecture } from '../../src/architecture/index.ts';
import type { MeasuredTimes } from '../../src/review/capacity/index.ts';
import { readLoad } from '../../src/review/capacity/load/read.ts';
import { readUsage } from '../../src/review/cost/usage/read.ts';
import { readConfig } from '../../src/review/inputs/config.ts';
import { type Field, type Problem, type Reader, readerOf } from '../../src/review/inputs/yaml-reader.ts';
import { readReadiness } from '../../src/review/readiness/answers.ts';

export interface Part<Value> {
  readonly value: Value;
  readonly problems: readonly Problem[];
}

function partOf<Value>(text: string, read: (reader: Reader, field: Field) => Value): Part<Value> {
  const reader = readerOf(text);
  const value = read(reader, reader.root);
  return { value, problems: reader.problems };
}

/** @throws what the part's problems are */
export function valid<Value>({ value, problems }: Part<Value>): Value {
  if (problems.length > 0)
    throw new Error(problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));
  return value;
}

export const loadPart = (text: string, app: Architecture, measured?: MeasuredTimes) =>
  partOf(text, (reader, field) => readLoad(reader, field, app, measured));
export const usagePart = (text: string, app: Architecture) =>
  partOf(text, (reader, field) => readUsage(reader, field, app));
export const readinessPart = (text: string) => partOf(text, readReadiness);
/** Gates, packs and recovery. */
export const configPart = (text: string) =>
  partOf(text, (reader, field) => readConfig(reader, reader.map(field, ['gates', 'packs', 'recovery'])));
