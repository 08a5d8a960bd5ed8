/**
 * Subscription filter policies, on message attributes or on a JSON body. Refused by name: cidr, wildcard.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
import { isObject } from '../../../core/is-object.ts';
import { isNestedDeeper } from '../../../core/nesting.ts';
import { unsupported } from '../../service.ts';
import { invalid } from './errors.ts';

type Json = Readonly<Record<string, unknown>>;
type Test = (values: readonly unknown[]) => boolean;

/** @param value an object whose leaves are values or lists of values */
export type FilterPolicy = (value: Json) => boolean;

export function parseFilterPolicy(text: string): FilterPolicy {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalid('FilterPolicy: failed to parse JSON.');
  }
  if (!isObject(policy)) throw invalid('FilterPolicy: must be a JSON object.');
  if (isNestedDeeper(policy, 100)) throw invalid('FilterPolicy: nested deeper than 100 levels.');
  return parseObject(policy);
}

function parseObject(policy: Json): FilterPolicy {
  const tests = Object.entries(policy).map(([key, rule]): FilterPolicy => {
    if (key === '$or' && Array.isArray(rule) && rule.length > 1 && rule.every(isObject)) {
      const any = rule.map(parseObject);
      return (value) => any.some((one) => one(value));
    }
    if (isObject(rule)) {
      const inner = parseObject(rule);
      return (value) => [value[key]].flat().some((one) => isObject(one) && inner(one));
    }
    if (!Array.isArray(rule) || rule.length === 0)
      throw invalid(`FilterPolicy: "${key}" must be an object or a list that is not empty.`);
    const any = rule.map((one) => parseRule(key, one));
    return (value) => {
      const found = value[key];
      const values = found === undefined ? [] : [found].flat();
      return any.some((test) => test(values));
    };
  });
  return (value) => tests.every((test) => test(value));
}

function parseRule(key: string, rule: unknown): Test {
  if (!isObject(rule)) return (values) => values.includes(rule);
  const [operator, operand, ...more] = Object.entries(rule).flat();
  if (more.length > 0) throw invalid(`FilterPolicy: "${key}" has a rule with several operators.`);
  const onText =
    (test: (text: string) => boolean): Test =>
    (values) =>
      values.some((value) => typeof value === 'string' && test(value));
  switch (operator) {
    case 'exists':
      return (values) => values.length > 0 === operand;
    case 'prefix':
      return onText((text) => text.startsWith(String(operand)));
    case 'suffix':
      return onText((text) => text.endsWith(String(operand)));
    case 'equals-ignore-case':
      return onText((text) => text.toLowerCase() === String(operand).toLowerCase());
    case 'anything-but': {
      const excluded = isObject(operand) ? parseRule(key, operand) : undefined;
      const list = [operand].flat();
      return (values) =>
        values.length > 0 && (excluded ? !excluded(values) : !values.some((value) => list.includes(value)));
    }
    case 'numeric':
      return numeric(key, operand);
    default:
      throw unsupported(`the operator ${String(operator)} of filter policies`);
  }
}

function numeric(key: string, operand: unknown): Test {
  const wrong = () => invalid(`FilterPolicy: "${key}" has a malformed numeric rule.`);
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) throw wrong();
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const [sign, limit]: unknown[] = operand.slice(i, i + 2);
    if (typeof limit !== 'number') throw wrong();
    if (sign === '=') tests.push((value) => value === limit);
    else if (sign === '<') tests.push((value) => value < limit);
    else if (sign === '<=') tests.push((value) => value <= limit);
    else if (sign === '>') tests.push((value) => value > limit);
    else if (sign === '>=') tests.push((value) => value >= limit);
    else throw wrong();
  }
  return (values) => values.some((value) => typeof value === 'number' && tests.every((test) => test(value)));
}
