/**
 * Words and variables of a Dockerfile.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
import { globMatcher } from './dockerignore.ts';

export type Variables = Readonly<Record<string, string>>;

/** Thrown by `${NAME:?message}` when there is no value. */
export class MissingVariable extends Error {}

/** Splits at blanks outside quotes; quotes and escapes stay. */
export function rawWords(text: string, escapeSign: string): string[] {
  const found: string[] = [];
  let word = '';
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    if (char === escapeSign && quote !== "'" && index + 1 < text.length) {
      word += char + text[++index];
      continue;
    }
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) {
      if (word !== '') found.push(word);
      word = '';
      continue;
    }
    word += char;
  }
  if (word !== '') found.push(word);
  return found;
}

/** `NAME=value` and `NAME` as they stand, quotes and all. */
export const assignments = (text: string, escapeSign: string): [name: string, value: string | undefined][] =>
  rawWords(text, escapeSign).map((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
  });

/** Fills in variables, and takes quotes and escapes off; nothing is filled in inside single quotes. */
export function expand(text: string, variables: Variables, escapeSign = '\\'): string {
  let out = '';
  for (let index = 0; index < text.length; ) {
    const char = text[index] ?? '';
    if (char === "'") {
      const end = text.indexOf("'", index + 1);
      out += text.slice(index + 1, end < 0 ? undefined : end);
      index = end < 0 ? text.length : end + 1;
    } else if (char === '"') {
      const end = closing(text, index + 1, '"', escapeSign);
      out += inside(text.slice(index + 1, end), variables, escapeSign, (next) => /["$\\`]/.test(next));
      index = end + 1;
    } else {
      const end = nextQuote(text, index, escapeSign);
      out += inside(text.slice(index, end), variables, escapeSign, () => true);
      index = end;
    }
  }
  return out;
}

/** Fills in variables and leaves quotes alone, as in here-documents. */
export const expandContent = (text: string, variables: Variables, escapeSign: string): string =>
  inside(text, variables, escapeSign, (next) => next === '$' || next === escapeSign);

function closing(text: string, from: number, sign: string, escapeSign: string): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === escapeSign) index++;
    else if (text[index] === sign) return index;
  }
  return text.length;
}

/** Where the next quote begins that does not stand inside `${…}`. */
function nextQuote(text: string, from: number, escapeSign: string): number {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    const char = text[index];
    if (char === escapeSign) index++;
    else if (char === '$' && text[index + 1] === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    else if ((char === '"' || char === "'") && depth === 0) return index;
  }
  return text.length;
}

function inside(
  text: string,
  variables: Variables,
  escapeSign: string,
  escapes: (next: string) => boolean,
): string {
  let out = '';
  for (let index = 0; index < text.length; ) {
    const char = text[index] ?? '';
    if (char === escapeSign && index + 1 < text.length) {
      const next = text[index + 1] ?? '';
      out += escapes(next) ? next : char + next;
      index += 2;
      continue;
    }
    if (char !== '$') {
      out += char;
      index++;
      continue;
    }
    if (text[index + 1] === '{') {
      const end = closingBrace(text, index + 2);
      out += parameter(text.slice(index + 2, end), variables, escapeSign);
      index = end + 1;
      continue;
    }
    const name = /^(?:[A-Za-z_]\w*|\d)/.exec(text.slice(index + 1))?.[0];
    if (name === undefined) out += char;
    else out += variables[name] ?? '';
    index += 1 + (name?.length ?? 0);
  }
  return out;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index++) {
    if (text[index] === '{') depth++;
    else if (text[index] === '}' && --depth === 0) return index;
  }
  return text.length;
}

/** What stands between the braces of `${…}`. */
function parameter(text: string, variables: Variables, escapeSign: string): string {
  const [, name = '', sign = '', given = ''] = /^(\w+)(:?[-+?]|##?|%%?|\/\/?)?(.*)$/s.exec(text) ?? [];
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  const other = () => expand(given, variables, escapeSign);
  const present = sign.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  switch (sign.replace(':', '')) {
    case '-':
      return present ? (value ?? '') : other();
    case '+':
      return present ? other() : '';
    case '?':
      if (present) return value ?? '';
      throw new MissingVariable(`${name}: ${other() || 'is not set'}`);
    case '#':
    case '##':
      return withoutStart(value ?? '', other(), sign === '##');
    case '%':
    case '%%':
      return withoutEnd(value ?? '', other(), sign === '%%');
    case '/':
    case '//':
      return replaced(value ?? '', other(), sign === '//');
    default:
      return value ?? '';
  }
}

const fits = (pattern: string) => {
  const matches = globMatcher(pattern.replaceAll('**', '*'), false);
  // A pattern of a variable also goes across slashes, which a pattern of paths does not.
  return (text: string) => matches(text.replaceAll('/', '\u0000'));
};
const slashless = (pattern: string) => pattern.replaceAll('/', '\u0000');

function withoutStart(value: string, pattern: string, longest: boolean): string {
  const match = fits(slashless(pattern));
  const lengths = Array.from({ length: value.length + 1 }, (_, index) => index);
  const length = (longest ? lengths.reverse() : lengths).find((one) => match(value.slice(0, one)));
  return length === undefined ? value : value.slice(length);
}

function withoutEnd(value: string, pattern: string, longest: boolean): string {
  const match = fits(slashless(pattern));
  const starts = Array.from({ length: value.length + 1 }, (_, index) => index);
  const start = (longest ? starts : starts.reverse()).find((one) => match(value.slice(one)));
  return start === undefined ? value : value.slice(0, start);
}

/** `${NAME/pattern/replacement}`, with `//` for all of them. */
function replaced(value: string, given: string, all: boolean): string {
  const slash = given.indexOf('/');
  const pattern = slash < 0 ? given : given.slice(0, slash);
  const replacement = slash < 0 ? '' : given.slice(slash + 1);
  if (pattern === '') return value;
  const match = fits(slashless(pattern));
  let out = '';
  for (let index = 0; index < value.length; ) {
    const ends = Array.from({ length: value.length - index }, (_, more) => value.length - more);
    const end = ends.find((one) => match(value.slice(index, one)));
    if (end === undefined) out += value[index++];
    else {
      out += replacement;
      index = end;
      if (!all) return out + value.slice(index);
    }
  }
  return out;
}
