/** The JSON form of a filter pattern: { ($.level = "error" || $.code >= 500) && $.path != "/health*" }. */
import { compileWildcards } from '../../../core/wildcards.ts';
import { unsupported } from '../../service.ts';
import { invalid } from './errors.ts';

type Test = (value: object) => boolean;
type Path = readonly (string | number)[];

const tokens =
  /\s*(?:(&&|\|\||!=|>=|<=|=|>|<|\(|\))|(\$(?:\.[\w@-]+|\[(?:\d+|\*|'[^']*'|"[^"]*")\])+)|"((?:[^"\\]|\\.)*)"|([^\s()&|=<>"]+))/y;

interface Token {
  readonly kind: 'sign' | 'path' | 'text' | 'word';
  readonly value: string;
}

function scan(source: string): Token[] {
  const out: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < source.length) {
    const at = tokens.lastIndex;
    const found = tokens.exec(source);
    if (!found) {
      if (source.slice(at).trim() === '') break;
      throw invalid(`Invalid filter pattern at ${source.slice(at)}`);
    }
    const [, sign, path, text, word] = found;
    if (sign !== undefined) out.push({ kind: 'sign', value: sign });
    else if (path !== undefined) out.push({ kind: 'path', value: path });
    else if (text !== undefined) out.push({ kind: 'text', value: text.replace(/\\(.)/g, '$1') });
    else out.push({ kind: 'word', value: word ?? '' });
  }
  return out;
}

export function parseJsonPattern(pattern: string): Test {
  if (!pattern.endsWith('}')) throw invalid(`Invalid filter pattern: ${pattern} does not end in }`);
  const list = scan(pattern.slice(1, -1));
  let at = 0;
  const next = (): Token => {
    const token = list[at++];
    if (!token) throw invalid(`Invalid filter pattern: ${pattern} ends too early`);
    return token;
  };
  const isSign = (value: string) => list[at]?.kind === 'sign' && list[at]?.value === value;

  const or = (): Test => {
    let left = and();
    while (isSign('||')) {
      at++;
      const [a, b] = [left, and()];
      left = (value) => a(value) || b(value);
    }
    return left;
  };
  const and = (): Test => {
    let left = one();
    while (isSign('&&')) {
      at++;
      const [a, b] = [left, one()];
      left = (value) => a(value) && b(value);
    }
    return left;
  };
  const one = (): Test => {
    if (isSign('(')) {
      at++;
      const inner = or();
      if (!isSign(')')) throw invalid(`Invalid filter pattern: ${pattern} lacks a )`);
      at++;
      return inner;
    }
    const path = next();
    if (path.kind !== 'path')
      throw invalid(`Invalid filter pattern: ${path.value} is not a selector like $.a`);
    return comparison(parsePath(path.value), next(), next);
  };
  const test = or();
  if (at < list.length) throw invalid(`Invalid filter pattern at ${list[at]?.value}`);
  return test;
}

export function parsePath(text: string): Path {
  const out: (string | number)[] = [];
  for (const [, name, index] of text.matchAll(/\.([\w@-]+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) out.push(name);
    else if (index === '*') throw unsupported(`the wildcard in the selector ${text}`);
    else if (index !== undefined) out.push(/^\d+$/.test(index) ? Number(index) : index.slice(1, -1));
  }
  return out;
}

export function readPath(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

function comparison(path: Path, operator: Token, next: () => Token): Test {
  if (operator.kind === 'word') {
    const word = operator.value.toUpperCase();
    if (word === 'EXISTS') return (value) => readPath(value, path) !== undefined;
    const what = next().value.toUpperCase();
    if (word === 'IS' && what === 'TRUE') return (value) => readPath(value, path) === true;
    if (word === 'IS' && what === 'FALSE') return (value) => readPath(value, path) === false;
    if (word === 'IS' && what === 'NULL') return (value) => readPath(value, path) === null;
    if (word === 'NOT' && what === 'EXISTS') return (value) => readPath(value, path) === undefined;
    throw invalid(`Invalid filter pattern: ${operator.value} ${what} is not an operator`);
  }
  const { kind, value: wanted } = next();
  if (wanted.startsWith('%') && kind === 'word')
    throw unsupported(`the regular expression ${wanted} in a filter pattern`);
  const number =
    kind === 'word' && wanted.trim() !== '' && !Number.isNaN(Number(wanted)) ? Number(wanted) : undefined;
  const matches = compileWildcards(wanted);
  const equals = (found: unknown): boolean =>
    number === undefined ? typeof found === 'string' && matches(found) : found === number;
  switch (operator.value) {
    case '=':
      return (value) => equals(readPath(value, path));
    case '!=':
      return (value) => {
        const found = readPath(value, path);
        return found !== undefined && !equals(found);
      };
    default: {
      if (number === undefined)
        throw invalid(`Invalid filter pattern: ${operator.value} compares numbers, not ${wanted}`);
      const holds: Readonly<Record<string, (found: number) => boolean>> = {
        '>': (found) => found > number,
        '>=': (found) => found >= number,
        '<': (found) => found < number,
        '<=': (found) => found <= number,
      };
      const check = holds[operator.value];
      if (!check) throw invalid(`Invalid filter pattern: ${operator.value} is not an operator`);
      return (value) => {
        const found = readPath(value, path);
        return typeof found === 'number' && check(found);
      };
    }
  }
}
