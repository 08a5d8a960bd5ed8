/**
 * What AWS's models say about inputs (lengths, ranges, patterns, enumerations, required members), checked before
 * authorisation in the services that check it so. The limits are data, written by scripts/constraints.mjs; one check is
 * made of each operation when it is first called. S3, SQS, SNS and API Gateway have checks and texts of their own.
 */
import { isObject } from '../../core/is-object.ts';
import { compileJavaPattern } from '../../core/java-pattern.ts';
import { AwsError } from '../service.ts';

/** Of one shape of a model; members, items, keys and values are names of shapes. */
interface Limits {
  /** Of a length: of text, a list, a map. */
  readonly min?: number;
  readonly max?: number;
  /** Of a number. */
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string | undefined>>;
  readonly item?: string;
  readonly key?: string;
  readonly value?: string;
}

export interface ConstraintData {
  /** null: the model says nothing about the operation's input. */
  readonly operations: Readonly<Record<string, string | null | undefined>>;
  readonly shapes: Readonly<Record<string, Limits | undefined>>;
}

/** How a service says that an input breaks its model. */
export interface ConstraintStyle {
  readonly code: string;
  /** `all`: every problem in one message, as most services do. `first`: ECR's. `iam`: patterns have words. */
  readonly words: 'all' | 'first' | 'iam';
  /** Limits of shapes that the service does not check as its model says. */
  readonly instead?: Readonly<Record<string, Limits | undefined>>;
}

export type InputCheck = (input: Readonly<Record<string, unknown>>) => void;

/** A value's place, put together only for a message. */
interface Place {
  readonly parent: Place | undefined;
  readonly segment: string;
}

interface Problem {
  readonly place: Place;
  /** Undefined when it must not be shown. */
  readonly value: string | undefined;
  readonly rule: string;
  readonly pattern?: string;
}

type Check = (value: unknown, place: Place, problems: Problem[]) => void;

/** Nearly every input is right: places are put together when one has been found wrong. */
const nowhere: Place = { parent: undefined, segment: '' };

const inside = (parent: Place, segment: string): Place =>
  parent === nowhere ? nowhere : { parent, segment };

/** @returns undefined when the model says nothing about the operation's input */
export function compileConstraints(
  { operations, shapes: published }: ConstraintData,
  operation: string,
  style: ConstraintStyle,
): InputCheck | undefined {
  const root = operations[operation];
  if (!root) return undefined;
  const shapes = { ...published, ...style.instead };
  const compiled = new Map<string, Check>();
  const ofShape = (name: string): Check | undefined => {
    const known = compiled.get(name);
    if (known) return known;
    if (!isLimited(name, shapes)) return undefined;
    // A shape may hold itself: its members find it here while it is being made.
    let made: Check | undefined;
    compiled.set(name, (value, place, problems) => made?.(value, place, problems));
    const limits = shapes[name];
    made = limits ? compileShape(limits, shapes, ofShape) : () => {};
    compiled.set(name, made);
    return made;
  };
  const { members, required } = compileMembers(shapes[root] ?? {}, ofShape);
  const problemsOf = (input: Readonly<Record<string, unknown>>, placed: boolean) => {
    const problems: Problem[] = [];
    for (const name of required)
      if (input[name] === undefined) problems.push(missing({ parent: undefined, segment: lowerFirst(name) }));
    for (const [name, segment, check] of members) {
      const value = input[name];
      if (value !== undefined) check(value, placed ? { parent: undefined, segment } : nowhere, problems);
    }
    return problems;
  };
  return (input) => {
    if (problemsOf(input, false).length > 0)
      throw new AwsError(style.code, say(problemsOf(input, true), style.words));
  };
}

/** Whether anything can be wrong in a value of the shape. */
function isLimited(name: string, shapes: ConstraintData['shapes']): boolean {
  const reached = new Set([name]);
  for (const one of reached) {
    const limits = shapes[one];
    if (!limits) continue;
    if (limits.required?.length || compileRules(limits).length > 0) return true;
    for (const inner of [limits.item, limits.key, limits.value, ...Object.values(limits.members ?? {})])
      if (inner !== undefined) reached.add(inner);
  }
  return false;
}

/**
 * Members of text that the model bounds from above only, such as the filter pattern that matches every event: empty
 * text is a value. Where the model says nothing of a length, empty text is taken as missing.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export function membersThatMayBeEmpty(
  { operations, shapes }: ConstraintData,
  operation: string,
): ReadonlySet<string> {
  const members = shapes[operations[operation] ?? '']?.members ?? {};
  return new Set(
    Object.keys(members).filter((name) => {
      const { min = 0, max, pattern, enum: allowed } = shapes[members[name] ?? ''] ?? {};
      return max !== undefined && min === 0 && pattern === undefined && allowed === undefined;
    }),
  );
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const missing = (place: Place): Problem => ({ place, value: 'null', rule: 'Member must not be null' });

type CompiledMembers = readonly (readonly [name: string, segment: string, check: Check])[];

function compileMembers(
  limits: Limits,
  ofShape: (name: string) => Check | undefined,
): { readonly members: CompiledMembers; readonly required: readonly string[] } {
  const members = Object.entries(limits.members ?? {}).flatMap(([name, shape = '']) => {
    const check = ofShape(shape);
    return check ? [[name, lowerFirst(name), check] as const] : [];
  });
  return { members, required: limits.required ?? [] };
}

function compileShape(
  limits: Limits,
  shapes: ConstraintData['shapes'],
  ofShape: (name: string) => Check | undefined,
): Check {
  const rules = compileRules(limits);
  const { members, required } = compileMembers(limits, ofShape);
  // Rules about one item or key are told of the list or map that holds it.
  const hidden = [limits, ...[limits.item, limits.key, limits.value].map((name) => shapes[name ?? ''])].some(
    (of) => of?.sensitive,
  );
  const shown = (value: unknown) => (hidden ? undefined : show(value));
  const [itemRules, keyRules, valueRules] = [limits.item, limits.key, limits.value].map((name) => {
    const of = name === undefined ? undefined : shapes[name];
    return of && !of.members && of.item === undefined && of.value === undefined ? compileRules(of) : [];
  });
  const item = limits.item === undefined ? undefined : ofShape(limits.item);
  const valueCheck = limits.value === undefined ? undefined : ofShape(limits.value);
  const own = (value: unknown, place: Place, problems: Problem[]) => {
    for (const { rule, pattern, holds } of rules)
      if (!holds(value))
        problems.push({
          place,
          value: shown(value),
          rule,
          ...(pattern === undefined ? {} : { pattern }),
        });
  };
  return (value, place, problems) => {
    if (rules.length > 0) own(value, place, problems);
    if (Array.isArray(value)) {
      if (itemRules?.length)
        checkEach(itemRules, value, place, problems, shown(value), 'Member must satisfy constraint');
      else if (item)
        value.forEach((one, i) => {
          item(one, inside(inside(place, String(i + 1)), 'member'), problems);
        });
    } else if (isObject(value) && !(value instanceof Date) && !(value instanceof Uint8Array)) {
      for (const name of required)
        if (value[name] === undefined) problems.push(missing(inside(place, lowerFirst(name))));
      for (const [name, segment, check] of members) {
        const one = value[name];
        if (one !== undefined) check(one, inside(place, segment), problems);
      }
      if (keyRules?.length)
        checkEach(
          keyRules,
          Object.keys(value),
          place,
          problems,
          shown(value),
          'Map keys must satisfy constraint',
        );
      if (valueRules?.length)
        checkEach(
          valueRules,
          Object.values(value),
          place,
          problems,
          shown(value),
          'Map value must satisfy constraint',
        );
      else if (valueCheck)
        for (const key in value) valueCheck(value[key], inside(inside(place, key), 'member'), problems);
    }
  };
}

function checkEach(
  rules: readonly Rule[],
  values: readonly unknown[],
  place: Place,
  problems: Problem[],
  shown: string | undefined,
  saying: string,
): void {
  if (values.every((value) => rules.every(({ holds }) => holds(value)))) return;
  problems.push({ place, value: shown, rule: `${saying}: [${rules.map(({ rule }) => rule).join(', ')}]` });
}

interface Rule {
  readonly rule: string;
  readonly pattern?: string;
  holds(value: unknown): boolean;
}

function compileRules({ min, max, least, most, pattern, enum: allowed, members }: Limits): Rule[] {
  if (members) return [];
  const rules: Rule[] = [];
  if (max !== undefined)
    rules.push({
      rule: `Member must have length less than or equal to ${max}`,
      holds: (value) => lengthOf(value, max) <= max,
    });
  if (min !== undefined)
    rules.push({
      rule: `Member must have length greater than or equal to ${min}`,
      holds: (value) => lengthOf(value, min) >= min,
    });
  if (most !== undefined)
    rules.push({
      rule: `Member must have value less than or equal to ${most}`,
      holds: (value) => typeof value !== 'number' || value <= most,
    });
  if (least !== undefined)
    rules.push({
      rule: `Member must have value greater than or equal to ${least}`,
      holds: (value) => typeof value !== 'number' || value >= least,
    });
  if (allowed) {
    const set = new Set<unknown>(allowed);
    rules.push({
      rule: `Member must satisfy enum value set: [${allowed.join(', ')}]`,
      holds: (value) => set.has(value),
    });
  }
  if (pattern !== undefined) {
    const matches = compilePattern(pattern);
    rules.push({
      rule: `Member must satisfy regular expression pattern: ${pattern}`,
      pattern,
      // What is too long is not worth matching: its length is said already.
      holds: (value) => typeof value !== 'string' || value.length > (max ?? 100_000) || matches(value),
    });
  }
  return rules;
}

/** @param fits the answer for what has no length, e.g. a stream */
function lengthOf(value: unknown, fits: number): number {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return isObject(value) && !(value instanceof Date) ? Object.keys(value).length : fits;
}

/** A repeat of a group that repeats something itself may take V8 for ever. */
const nested = /[*+}][^()]*\)+[*+{]/;

function compilePattern(source: string): (text: string) => boolean {
  if (nested.test(source)) {
    const linear = compileJavaPattern(source);
    if (linear.ok) return (text) => linear.matches(text) === 'yes';
  }
  let expression: RegExp;
  try {
    expression = new RegExp(`^(?:${source})$`, 'u');
  } catch {
    expression = new RegExp(`^(?:${source})$`);
  }
  return (text) => expression.test(text);
}

/** As Java prints it. Undefined for what holds structures: a part of them may have to stay hidden. */
function show(value: unknown): string | undefined {
  const plain = (one: unknown) => typeof one !== 'object' || one === null;
  if (plain(value)) return String(value);
  if (Array.isArray(value)) return value.every(plain) ? `[${value.join(', ')}]` : undefined;
  if (!isObject(value) || !Object.values(value).every(plain)) return undefined;
  return `{${Object.entries(value)
    .map(([key, one]) => `${key}=${String(one)}`)
    .join(', ')}}`;
}

function pathOf({ parent, segment }: Place): string {
  return parent ? `${pathOf(parent)}.${segment}` : segment;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html: IAM says what its patterns allow. */
const iamWords: readonly (readonly [pattern: string, words: string])[] = [
  ['[\\w+=,.@-]+', 'It must contain only alphanumeric characters and/or the following: +=,.@_-'],
  ['[\\w]+', 'It must contain only alphanumeric characters'],
  [
    '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)',
    'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  ],
  ['[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+', 'It must contain only printable ASCII characters.'],
];

function say(problems: readonly Problem[], words: ConstraintStyle['words']): string {
  const [first] = problems;
  if (words === 'first' && first) {
    const rule = first.rule.replace(
      /^Member must satisfy regular expression pattern: (.*)$/s,
      (_, pattern) => {
        return `must satisfy regular expression '${pattern}'`;
      },
    );
    return `Invalid parameter at '${pathOf(first.place)}' failed to satisfy constraint: '${rule}'`;
  }
  const said = problems.map(({ place, value, rule, pattern }) => {
    const plain = words === 'iam' ? iamWords.find(([of]) => of === pattern)?.[1] : undefined;
    if (plain) return `The specified value for ${pathOf(place)} is invalid. ${plain}`;
    const shown = value === undefined ? '' : value === 'null' ? ' null' : ` '${value}'`;
    return `Value${shown} at '${pathOf(place)}' failed to satisfy constraint: ${rule}`;
  });
  if (said.length === 1 && said[0]?.startsWith('The specified')) return said[0];
  return `${said.length} validation error${said.length === 1 ? '' : 's'} detected: ${said.join('; ')}`;
}
