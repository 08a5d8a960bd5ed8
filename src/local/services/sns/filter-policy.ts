/**
 * Subscription filter policies, on message attributes or on a JSON body.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
import { BlockList, isIP } from 'node:net';
import { isObject } from '../../../core/is-object.ts';
import { invalid } from './errors.ts';

type Json = Readonly<Record<string, unknown>>;
type Test = (values: readonly unknown[]) => boolean;

/** @param value an object whose leaves are values or lists of values */
export type FilterPolicy = (value: Json) => boolean;

export const filterScopes = ['MessageAttributes', 'MessageBody'] as const;
type Scope = (typeof filterScopes)[number];

const wrong = (reason: string) => invalid(`FilterPolicy: ${reason}`);

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const maxKeys = 5;
const maxCombinations = 150;

/** @throws InvalidParameter with what is wrong, and where AWS says it */
export function parseFilterPolicy(text: string, scope: Scope): FilterPolicy {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw wrong('failed to parse JSON.');
  }
  if (!isObject(policy)) throw wrong('Filter is not an object');
  const { keys, combinations } = complexity(policy, scope, 1);
  if (keys > maxKeys) throw wrong(`Filter policy can not have more than ${maxKeys} keys`);
  if (combinations > maxCombinations) throw wrong('Filter policy is too complex');
  return parseObject(policy);
}

interface Complexity {
  readonly keys: number;
  readonly combinations: number;
}

const isOr = (key: string, rule: unknown): rule is readonly Json[] =>
  key === '$or' && Array.isArray(rule) && rule.length > 1 && rule.every(isObject);

function complexity(policy: Json, scope: Scope, depth: number): Complexity {
  // A leaf counts by its depth: JSON.parse takes any.
  if (depth > maxCombinations) throw wrong('Filter policy is too complex');
  let keys = 0;
  let combinations = 1;
  for (const [key, rule] of Object.entries(policy)) {
    if (isOr(key, rule)) {
      const parts = rule.map((one) => complexity(one, scope, depth));
      keys += Math.max(...parts.map((part) => part.keys));
      combinations *= parts.reduce((sum, part) => sum + part.combinations, 0);
    } else if (isObject(rule)) {
      if (scope === 'MessageAttributes' && !Object.values(rule).some((one) => !isContainer(one)))
        throw invalid('Filter policy scope MessageAttributes does not support nested filter policy');
      const inner = complexity(rule, scope, depth + 1);
      keys += inner.keys;
      combinations *= inner.combinations;
    } else if (Array.isArray(rule)) {
      keys++;
      combinations *= Math.max(1, rule.length) * depth;
    } else throw wrong(`"${key}" must be an object or an array`);
  }
  return { keys, combinations };
}

const isContainer = (value: unknown) => typeof value === 'object' && value !== null;

function parseObject(policy: Json): FilterPolicy {
  const tests = Object.entries(policy).map(([key, rule]): FilterPolicy => {
    if (isOr(key, rule)) {
      const any = rule.map(parseObject);
      return (value) => any.some((one) => one(value));
    }
    if (isObject(rule)) {
      const inner = parseObject(rule);
      return (value) => valuesAt(value, key).some((one) => isObject(one) && inner(one));
    }
    if (!Array.isArray(rule)) throw wrong(`"${key}" must be an object or an array`);
    if (rule.length === 0) throw wrong('Empty arrays are not allowed');
    const any = rule.map(parseRule);
    return (value) => {
      const values = valuesAt(value, key);
      return any.some((test) => test(values));
    };
  });
  return (value) => tests.every((test) => test(value));
}

/** What stands under a key, lists opened. As AWS has it, `a.b` is also the key `b` of what stands under `a`. */
function valuesAt(value: Json, key: string): readonly unknown[] {
  const found = Object.hasOwn(value, key) ? opened(value[key]) : [];
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
    const head = key.slice(0, dot);
    if (!Object.hasOwn(value, head)) continue;
    for (const inner of opened(value[head]))
      if (isObject(inner)) found.push(...valuesAt(inner, key.slice(dot + 1)));
  }
  return found;
}

/** Lists of lists too, of any depth: a message can be a quarter of a megabyte of brackets. */
function opened(value: unknown): unknown[] {
  const out: unknown[] = [];
  const rest = [value];
  while (rest.length > 0) {
    const one = rest.pop();
    if (Array.isArray(one)) for (const item of one) rest.push(item);
    else out.push(one);
  }
  return out;
}

function parseRule(rule: unknown): Test {
  if (Array.isArray(rule)) throw wrong('Match value must be String, number, true, false, or null');
  if (!isObject(rule)) return (values) => values.includes(rule);
  const [first, ...more] = Object.entries(rule);
  if (more.length > 0) throw wrong('Only one key allowed in match expression');
  const [operator, operand] = first ?? ['', undefined];
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw wrong('exists match pattern must be either true or false.');
      return (values) => values.length > 0 === operand;
    case 'prefix':
      return onText(operator, operand, (text, part) => text.startsWith(part));
    case 'suffix':
      return onText(operator, operand, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return onText(operator, operand, (text, part) => text.toLowerCase() === part.toLowerCase());
    case 'cidr':
      return inNetwork(operand);
    case 'anything-but':
      return anythingBut(operand);
    case 'numeric':
      return numeric(operand);
    default:
      throw wrong(`Unrecognized match type ${operator}`);
  }
}

function onText(operator: string, operand: unknown, test: (text: string, part: string) => boolean): Test {
  if (typeof operand !== 'string') throw wrong(`${operator} match pattern must be a string`);
  return (values) => values.some((value) => typeof value === 'string' && test(value, operand));
}

function anythingBut(operand: unknown): Test {
  if (isObject(operand)) {
    const [operator = '', part] = Object.entries(operand)[0] ?? [];
    if (operator !== 'prefix') throw wrong(`Unsupported anything-but pattern: ${operator}`);
    const excluded = onText(operator, part, (text, prefix) => text.startsWith(prefix));
    return (values) => values.length > 0 && !excluded(values);
  }
  const list: readonly unknown[] = [operand].flat();
  if (list.length === 0 || list.some((one) => typeof one !== 'string' && typeof one !== 'number'))
    throw wrong('Value of anything-but must be string, number, or a list of strings or numbers');
  return (values) => values.length > 0 && !values.some((value) => list.includes(value));
}

function inNetwork(operand: unknown): Test {
  if (typeof operand !== 'string') throw wrong('prefix match pattern must be a string');
  const [address = '', bits, ...more] = operand.split('/');
  if (bits === undefined || more.length > 0) throw wrong("Malformed CIDR, one '/' required");
  const version = isIP(address);
  if (version === 0) throw wrong(`Nonstandard IP address: ${address}`);
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128))
    throw wrong('Malformed CIDR, mask bits must be an integer');
  const network = new BlockList();
  network.addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  return (values) =>
    values.some(
      (value) =>
        typeof value === 'string' &&
        isIP(value) === version &&
        network.check(value, version === 4 ? 'ipv4' : 'ipv6'),
    );
}

const comparisons: ReadonlyMap<unknown, (value: number, limit: number) => boolean> = new Map([
  ['=', (value: number, limit: number) => value === limit],
  ['<', (value: number, limit: number) => value < limit],
  ['<=', (value: number, limit: number) => value <= limit],
  ['>', (value: number, limit: number) => value > limit],
  ['>=', (value: number, limit: number) => value >= limit],
]);

/** One comparison, or a range from a lower to a higher limit. */
function numeric(operand: unknown): Test {
  if (!Array.isArray(operand) || typeof operand[0] !== 'string')
    throw wrong(`Invalid member in numeric match: ${Array.isArray(operand) ? (operand[0] ?? ']') : operand}`);
  const [sign, limit, upperSign, upperLimit, ...more]: readonly unknown[] = operand;
  const compare = comparisons.get(sign);
  if (!compare) throw wrong(`Unrecognized numeric range operator: ${sign}`);
  if (typeof limit !== 'number') throw wrong(`Value of ${sign === '=' ? 'equals' : sign} must be numeric`);
  if (operand.length === 2) return onNumbers((value) => compare(value, limit));
  if (sign !== '>' && sign !== '>=') throw wrong('Too many elements in numeric expression');
  if (typeof upperSign !== 'string') throw wrong(`Bad value in numeric range: ${upperSign}`);
  if (upperSign !== '<' && upperSign !== '<=') throw wrong(`Bad numeric range operator: ${upperSign}`);
  if (typeof upperLimit !== 'number') throw wrong(`Value of ${upperSign} must be numeric`);
  if (limit >= upperLimit) throw wrong('Bottom must be less than top');
  if (more.length > 0) throw wrong('Too many terms in numeric range expression');
  const upper = comparisons.get(upperSign);
  return onNumbers((value) => compare(value, limit) && upper?.(value, upperLimit) === true);
}

const onNumbers =
  (test: (value: number) => boolean): Test =>
  (values) =>
    values.some((value) => typeof value === 'number' && test(value));
