/**
 * Whether a value is one that AWS's registry schema takes. It says so as CloudFormation does, which names the keyword
 * and never the value, because that may be a secret.
 * https://github.com/aws-cloudformation/cloudformation-resource-schema/pull/40
 */
import { isDeepStrictEqual } from 'node:util';
import type { FieldLimits, ValueLimits } from '../../architecture/schema/specs.ts';
import { compileJavaPattern, type JavaPattern } from '../../core/java-pattern.ts';
import { type Resolved, Unresolved } from '../../template/index.ts';

const patterns = new Map<string, JavaPattern>();

/** A pattern that cannot be read here refuses nothing. */
function finds(pattern: string, text: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    compiled = compileJavaPattern(pattern);
    patterns.set(pattern, compiled);
  }
  return !compiled.ok || compiled.finds(text) !== 'no';
}

/** Names and URLs of this machine stand where AWS's would, and have other forms. */
const isLocal = (text: string): boolean => /127\.0\.0\.1|\blocalhost\b/.test(text);

/** What is wrong with one value, whatever it contains; its items are looked at by whoever walks it. */
export function limitProblems(value: Resolved, limits: ValueLimits, path: string): string[] {
  if (value instanceof Unresolved) return [];
  const failed = (keyword: string) => `#${path}: failed validation constraint for keyword [${keyword}]`;
  if (Array.isArray(value)) return listProblems(value, limits, path);
  // What a dynamic reference stands for is read when the resource is made.
  if (typeof value === 'string' && value.includes('{{resolve:')) return [];
  const problems: string[] = [];
  const { enum: allowed, enumCaseInsensitive: anyCase } = limits;
  const text = String(value);
  if (allowed && !allowed.some((one) => String(one) === text)) problems.push(failed('enum'));
  if (anyCase && !anyCase.some((one) => String(one).toLowerCase() === text.toLowerCase()))
    problems.push(failed('enum'));
  if (limits.const !== undefined && String(limits.const) !== text) problems.push(failed('const'));
  if (typeof value === 'number')
    for (const keyword of numberKeywords) {
      const limit = limits[keyword];
      if (limit !== undefined && !holds[keyword](value, limit)) problems.push(failed(keyword));
    }
  if (typeof value === 'string' && !isLocal(value)) {
    // Java counts UTF-16 units as JavaScript does, but the schema's library counts characters.
    const length = [...value].length;
    if (limits.minLength !== undefined && length < limits.minLength)
      problems.push(`#${path}: expected minLength: ${limits.minLength}, actual: ${length}`);
    if (limits.maxLength !== undefined && length > limits.maxLength)
      problems.push(`#${path}: expected maxLength: ${limits.maxLength}, actual: ${length}`);
    if (limits.pattern !== undefined && !finds(limits.pattern, value)) problems.push(failed('pattern'));
  }
  return problems;
}

const numberKeywords = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const;
const holds: Readonly<Record<(typeof numberKeywords)[number], (value: number, limit: number) => boolean>> = {
  minimum: (value, limit) => value >= limit,
  maximum: (value, limit) => value <= limit,
  exclusiveMinimum: (value, limit) => value > limit,
  exclusiveMaximum: (value, limit) => value < limit,
  multipleOf: (value, limit) => value % limit === 0,
};

function listProblems(list: readonly Resolved[], limits: ValueLimits, path: string): string[] {
  const problems: string[] = [];
  // An item that is not known yet may be left out, or stand for several.
  if (list.some((one) => one instanceof Unresolved)) return problems;
  const { minItems, maxItems, uniqueItems } = limits;
  if (minItems !== undefined && list.length < minItems)
    problems.push(`#${path}: expected minimum item count: ${minItems}, found: ${list.length}`);
  if (maxItems !== undefined && list.length > maxItems)
    problems.push(`#${path}: expected maximum item count: ${maxItems}, found: ${list.length}`);
  if (
    uniqueItems &&
    list.some((one, index) => list.slice(0, index).some((other) => isDeepStrictEqual(one, other)))
  )
    problems.push(`#${path}: array items are not unique`);
  return problems;
}

/** Groups of properties of which one has to be there. */
export function groupProblems(
  names: ReadonlySet<string>,
  { oneOf, anyOf }: FieldLimits,
  path: string,
): string[] {
  const there = (groups: readonly (readonly string[])[]) =>
    groups.filter((group) => group.every((name) => names.has(name))).length;
  const problems: string[] = [];
  if (oneOf && there(oneOf) !== 1)
    problems.push(`#${path}: #: ${there(oneOf)} subschemas matched instead of one`);
  if (anyOf && there(anyOf) === 0)
    problems.push(`#${path}: #: no subschema matched out of the total ${anyOf.length} subschemas`);
  return problems;
}
