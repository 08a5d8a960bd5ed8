/**
 * Event patterns: compiled once, refused by name where an operator is not known.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
import { BlockList, isIP } from 'node:net';
import { compileWildcards } from '../core/wildcards.ts';
import { AwsError, unsupported } from './service.ts';

export type Matcher = (event: unknown) => boolean;
type Test = (value: unknown) => boolean;

const invalid = (why: string) =>
  new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${why}`);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function compilePattern(text: string): Matcher {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    throw invalid('it is an empty object or no object');
  return compileObject(pattern, '');
}

function compileObject(pattern: Readonly<Record<string, unknown>>, path: string): Matcher {
  const parts = Object.entries(pattern).map(([key, of]): Matcher => {
    const name = path ? `${path}.${key}` : key;
    if (key === '$or') {
      if (!Array.isArray(of) || of.length === 0 || !of.every(isObject))
        throw invalid(`"${name}" must be an array of objects`);
      const any = of.map((one) => compileObject(one, path));
      return (event) => any.some((matches) => matches(event));
    }
    if (isObject(of)) {
      if (Object.keys(of).length === 0) throw invalid(`Empty objects are not allowed at "${name}"`);
      const inner = compileObject(of, name);
      // An event's array of objects matches when one of its objects does.
      return (event) => {
        const value = isObject(event) ? event[key] : undefined;
        return Array.isArray(value) ? value.some(inner) : inner(value);
      };
    }
    if (!Array.isArray(of)) throw invalid(`"${name}" must be an object or an array`);
    if (of.length === 0) throw invalid(`Empty arrays are not allowed at "${name}"`);
    const tests = of.map((one) => compileTest(one, name));
    return (event) => {
      const value = isObject(event) ? event[key] : undefined;
      return tests.some((test) => (Array.isArray(value) ? value.some(test) : test(value)));
    };
  });
  return (event) => parts.every((matches) => matches(event));
}

const text = (value: unknown, name: string): string => {
  if (typeof value !== 'string') throw invalid(`"${name}" takes text`);
  return value;
};

function compileTest(test: unknown, name: string): Test {
  if (!isObject(test)) {
    if (Array.isArray(test)) throw invalid(`"${name}" holds an array inside an array`);
    return (value) => value === test;
  }
  const [[operator = '', operand] = []] = Object.entries(test);
  if (Object.keys(test).length !== 1)
    throw invalid(`Only one operator is allowed in an expression at "${name}"`);
  switch (operator) {
    case 'exists': {
      if (typeof operand !== 'boolean') throw invalid(`exists of "${name}" takes true or false`);
      return (value) => (value !== undefined) === operand;
    }
    case 'prefix':
      return affix(operand, name, (value, part) => value.startsWith(part));
    case 'suffix':
      return affix(operand, name, (value, part) => value.endsWith(part));
    case 'equals-ignore-case': {
      const wanted = text(operand, name).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
    }
    case 'wildcard':
      return wildcard(text(operand, name));
    case 'numeric':
      return numeric(operand, name);
    case 'cidr':
      return cidr(text(operand, name), name);
    case 'anything-but': {
      const tests = isObject(operand)
        ? anythingButOperator(operand, name)
        : [operand].flat().map((one) => compileTest(one, name));
      // A field that is not there is nothing, so it is not anything but this.
      return (value) => value !== undefined && !tests.some((one) => one(value));
    }
    default:
      throw unsupported(`the operator ${operator} in an event pattern (at "${name}")`);
  }
}

function anythingButOperator(operand: Readonly<Record<string, unknown>>, name: string): Test[] {
  return Object.entries(operand).flatMap(([operator, of]) =>
    [of].flat().map((one) => compileTest({ [operator]: one }, name)),
  );
}

function affix(operand: unknown, name: string, test: (value: string, part: string) => boolean): Test {
  if (isObject(operand)) {
    const wanted = text(operand['equals-ignore-case'], name).toLowerCase();
    return (value) => typeof value === 'string' && test(value.toLowerCase(), wanted);
  }
  const wanted = text(operand, name);
  return (value) => typeof value === 'string' && test(value, wanted);
}

function wildcard(glob: string): Test {
  const matches = compileWildcards(glob, { escapes: true });
  return (value) => typeof value === 'string' && matches(value);
}

function cidr(block: string, name: string): Test {
  const [address = '', bits = ''] = block.split('/');
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most)
    throw invalid(`cidr of "${name}" takes an address and a mask: ${block}`);
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return (value) => {
    const given = typeof value === 'string' ? isIP(value) : 0;
    return given !== 0 && list.check(value as string, given === 4 ? 'ipv4' : 'ipv6');
  };
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numeric(operand: unknown, name: string): Test {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0)
    throw invalid(`numeric of "${name}" takes pairs of a comparison and a number`);
  const parts: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = comparisons[String(operand[index])];
    const bound: unknown = operand[index + 1];
    if (!compare || typeof bound !== 'number')
      throw invalid(`Unrecognized numeric range operator at "${name}": ${String(operand[index])}`);
    parts.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && parts.every((part) => part(value));
}
