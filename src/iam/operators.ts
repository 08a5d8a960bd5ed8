/**
 * The condition operators: what each compares, and how. One row per operator; a name that is not here is
 * refused when the policy is parsed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { compilePattern, type Match, matchAny, type Pattern } from './pattern.ts';
import type { RequestKeys } from './request-keys.ts';

/** Does a request's value match any of the policy's values? */
export type Test = (value: string, keys: RequestKeys) => Match;

interface Operator {
  /** True when the values must *not* match. */
  readonly negated: boolean;
  readonly compile: (values: readonly string[], variables: boolean) => Test;
  /** What is wrong with a policy's value, if anything. */
  readonly check?: (value: string) => string | undefined;
}

const matchOf = (yes: boolean): Match => (yes ? 'yes' : 'no');

const patterns =
  (toPattern: (value: string, variables: boolean) => Pattern): Operator['compile'] =>
  (values, variables) => {
    const compiled = values.map((value) => toPattern(value, variables));
    return (value, keys) => matchAny(compiled, value, keys);
  };

const exact = patterns((value, variables) => compilePattern(value, 'exact', { variables }));
const exactIgnoringCase = patterns((value, variables) =>
  compilePattern(value, 'exact', { variables, ignoreCase: true }),
);
const like = patterns((value, variables) => compilePattern(value, 'text', { variables }));
// A lone `*` is any ARN; otherwise each of the six parts is compared on its own.
const arn = patterns((value, variables) =>
  compilePattern(value, value === '*' ? 'text' : 'arn-parts', { variables }),
);

function toNumber(text: string): number {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}

/** ISO 8601 as W3C profiles it, or seconds since 1970; four digits are a year. */
function toTime(text: string): number {
  const value = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(value) && !/^\d{4}$/.test(value)) return Number(value) * 1000;
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i.test(value))
    return Number.NaN;
  // Without an offset JavaScript would read a time as local.
  return Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/i.test(value) || !/T/i.test(value) ? value : `${value}Z`);
}

function ordered(read: (text: string) => number, compare: (left: number, right: number) => boolean) {
  return (values: readonly string[]): Test => {
    const wanted = values.map(read);
    return (value) => {
      const given = read(value);
      return matchOf(wanted.some((one) => compare(given, one)));
    };
  };
}

const comparisons = {
  Equals: (left: number, right: number) => left === right,
  LessThan: (left: number, right: number) => left < right,
  LessThanEquals: (left: number, right: number) => left <= right,
  GreaterThan: (left: number, right: number) => left > right,
  GreaterThanEquals: (left: number, right: number) => left >= right,
} as const;

function orderedOperators(family: 'Numeric' | 'Date', read: (text: string) => number, what: string) {
  const check = (value: string) => (Number.isNaN(read(value)) ? `${value} is not ${what}` : undefined);
  const rows: [string, Operator][] = Object.entries(comparisons).map(([name, compare]) => [
    family + name,
    { negated: false, check, compile: ordered(read, compare) },
  ]);
  rows.push([`${family}NotEquals`, { negated: true, check, compile: ordered(read, comparisons.Equals) }]);
  return rows;
}

function addCidr(list: BlockList, cidr: string): boolean {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (family === undefined || rest.length > 0) return false;
  const widest = family === 'ipv4' ? 32 : 128;
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > widest)) return false;
  list.addSubnet(address, prefix === undefined ? widest : Number(prefix), family);
  return true;
}

const ip = {
  check: (value: string) =>
    addCidr(new BlockList(), value) ? undefined : `${value} is not an IP address or a CIDR range`,
  compile: (values: readonly string[]): Test => {
    const list = new BlockList();
    for (const value of values) addCidr(list, value);
    return (value) =>
      matchOf((isIPv4(value) && list.check(value)) || (isIPv6(value) && list.check(value, 'ipv6')));
  },
};

const asBoolean = (text: string) => text.trim().toLowerCase();
const bool: Operator = {
  negated: false,
  check: (value) =>
    /^(true|false)$/.test(asBoolean(value)) ? undefined : `${value} is neither true nor false`,
  compile: (values) => {
    const wanted = new Set(values.map(asBoolean));
    return (value) => matchOf(wanted.has(asBoolean(value)));
  },
};

const bytes = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
const binary: Operator = {
  negated: false,
  check: (value) => (/^[A-Za-z0-9+/]*={0,2}$/.test(value) ? undefined : `${value} is not base64`),
  compile: (values) => {
    const wanted = new Set(values.map(bytes));
    return (value) => matchOf(wanted.has(bytes(value)));
  },
};

/** Every operator but `Null`, which asks whether the key is there and compares nothing. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['StringEquals', { negated: false, compile: exact }],
  ['StringNotEquals', { negated: true, compile: exact }],
  ['StringEqualsIgnoreCase', { negated: false, compile: exactIgnoringCase }],
  ['StringNotEqualsIgnoreCase', { negated: true, compile: exactIgnoringCase }],
  ['StringLike', { negated: false, compile: like }],
  ['StringNotLike', { negated: true, compile: like }],
  ...orderedOperators('Numeric', toNumber, 'a number'),
  ...orderedOperators('Date', toTime, 'an ISO 8601 date or an epoch time'),
  ['Bool', bool],
  ['BinaryEquals', binary],
  ['IpAddress', { negated: false, ...ip }],
  ['NotIpAddress', { negated: true, ...ip }],
  ['ArnEquals', { negated: false, compile: arn }],
  ['ArnLike', { negated: false, compile: arn }],
  ['ArnNotEquals', { negated: true, compile: arn }],
  ['ArnNotLike', { negated: true, compile: arn }],
]);

export const nullCheck = bool.check;
