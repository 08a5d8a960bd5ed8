/**
 * The rule of a composite alarm: ALARM("a") AND NOT (OK(b) OR TRUE).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
import { parseArn } from '../../../core/arn.ts';
import type { State } from './decide.ts';
import { validation } from './errors.ts';

interface AlarmRule {
  /** Names of the alarms it asks for. */
  readonly children: readonly string[];
  holds(stateOf: (name: string) => State | undefined): boolean;
}

type Test = (stateOf: (name: string) => State | undefined) => boolean;

const token =
  /\s*(?:(\(|\))|(AND|OR|NOT|TRUE|FALSE)\b|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^\s()"']+))\s*\))/iy;

export function parseAlarmRule(source: string): AlarmRule {
  const wrong = () => validation(`Invalid alarm rule: ${source}`);
  const children = new Set<string>();
  const tokens: (string | Test)[] = [];
  token.lastIndex = 0;
  while (source.slice(token.lastIndex).trim() !== '') {
    const found = token.exec(source);
    if (!found) throw wrong();
    const [, bracket, word, state, double, single, bare] = found;
    if (state === undefined) tokens.push((bracket ?? word ?? '').toUpperCase());
    else {
      const given = double ?? single ?? bare ?? '';
      const name = parseArn(given)?.resource.replace(/^alarm:/, '') ?? given;
      children.add(name);
      tokens.push((stateOf) => stateOf(name) === state.toUpperCase());
    }
  }
  const elements = tokens.filter((one) => one !== 'AND' && one !== 'OR' && one !== 'NOT').length;
  if (elements > 500 || children.size > 100)
    throw validation(
      `AlarmRule must not have more than 500 elements and 100 children, got ${elements} and ${children.size}`,
    );
  let at = 0;
  const primary = (): Test => {
    let negated = false;
    for (; tokens[at] === 'NOT'; at++) negated = !negated;
    const test = element();
    return negated ? (stateOf) => !test(stateOf) : test;
  };
  const element = (): Test => {
    const next = tokens[at++];
    if (typeof next === 'function') return next;
    if (next === 'TRUE') return () => true;
    if (next === 'FALSE') return () => false;
    if (next !== '(') throw wrong();
    const inner = or();
    if (tokens[at++] !== ')') throw wrong();
    return inner;
  };
  const and = (): Test => {
    let left = primary();
    while (tokens[at] === 'AND') {
      at++;
      const [a, b] = [left, primary()];
      left = (stateOf) => a(stateOf) && b(stateOf);
    }
    return left;
  };
  const or = (): Test => {
    let left = and();
    while (tokens[at] === 'OR') {
      at++;
      const [a, b] = [left, and()];
      left = (stateOf) => a(stateOf) || b(stateOf);
    }
    return left;
  };
  const holds = or();
  if (at < tokens.length) throw wrong();
  return { children: [...children], holds };
}
