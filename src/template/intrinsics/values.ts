/**
 * Typed access to arguments: each reader answers the value, the `Unresolved` it depends on, or fails.
 */
import { describe, isArray, isObject, type Json } from '../json.ts';
import { type Resolved, Unresolved } from '../unresolved.ts';
import { type Evaluation, type NoValue, noValue } from './intrinsic.ts';

/** The elements of an argument that `check` found to be a list; otherwise empty. */
export function elements(argument: Json): readonly Json[] {
  return isArray(argument) ? argument : [];
}

export function element(argument: Json, index: number): Json {
  return elements(argument)[index] ?? null;
}

export function isList(value: Resolved | NoValue): value is readonly Resolved[] {
  return Array.isArray(value);
}

/** An object or list that could still be a string once resolved. */
export function mayBeText(value: Json): boolean {
  return !isArray(value) && value !== null;
}

/** A list, or something that could be a list once resolved. */
export function mayBeList(value: Json): boolean {
  return isArray(value) || isObject(value);
}

/** A value as text; numbers and booleans are turned into text, as CloudFormation does. */
export function text(
  value: Json,
  at: string,
  evaluation: Evaluation,
  complaint: string,
): string | Unresolved {
  return asText(evaluation.resolve(value, at), evaluation, complaint);
}

export function asText(
  value: Resolved | NoValue,
  evaluation: Evaluation,
  complaint: string,
): string | Unresolved {
  if (value instanceof Unresolved || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return evaluation.fail(`${complaint}, got ${value === noValue ? 'AWS::NoValue' : describe(value)}`);
}

/** A list whose elements are text. */
export function textList(
  value: Json,
  at: string,
  evaluation: Evaluation,
  complaint: string,
): readonly string[] | Unresolved {
  const list = evaluation.resolve(value, at);
  if (list instanceof Unresolved) return list;
  if (!isList(list)) {
    return evaluation.fail(`${complaint}, got ${list === noValue ? 'AWS::NoValue' : describe(list)}`);
  }
  const texts: string[] = [];
  for (const item of list) {
    const one = asText(item, evaluation, complaint);
    if (one instanceof Unresolved) return one;
    texts.push(one);
  }
  return texts;
}

export function integer(value: Json, at: string, evaluation: Evaluation, what: string): number | Unresolved {
  const found = text(value, at, evaluation, `${what} must be a whole number`);
  if (found instanceof Unresolved) return found;
  if (!/^\d+$/.test(found)) return evaluation.fail(`${what} must be a whole number, got "${found}"`);
  return Number(found);
}
