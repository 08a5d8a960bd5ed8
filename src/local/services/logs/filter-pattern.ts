/**
 * Filter patterns: terms, "phrases", ?any, -none, and JSON selectors { $.a = "x" && … }. Refused by name:
 * space-delimited patterns [a, b], and regular expressions between %.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
import { unsupported } from '../../service.ts';
import { invalid } from './errors.ts';
import { parseJsonPattern } from './json-pattern.ts';

export type Matcher = (message: string) => boolean;

export function parseFilterPattern(pattern: string | undefined): Matcher {
  const text = (pattern ?? '').trim();
  if (text === '' || text === '""') return () => true;
  if (text.startsWith('[')) throw unsupported(`the space-delimited filter pattern ${text}`);
  if (text.startsWith('{')) {
    const matches = parseJsonPattern(text);
    return (message) => {
      const value = readObject(message);
      return value !== undefined && matches(value);
    };
  }
  return parseTerms(text);
}

export function readObject(message: string): object | undefined {
  const start = message.trimStart();
  if (!start.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(start);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseTerms(text: string): Matcher {
  const all: string[] = [];
  const any: string[] = [];
  const none: string[] = [];
  const term = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;
  while (term.lastIndex < text.length) {
    const at = term.lastIndex;
    const found = term.exec(text);
    if (!found) {
      if (text.slice(at).trim() === '') break;
      throw invalid(`Invalid filter pattern: ${text}`);
    }
    const [, sign, phrase, word] = found;
    if (word?.startsWith('%')) throw unsupported(`the regular expression ${word} in a filter pattern`);
    if (phrase === undefined && word !== undefined && !/^[\w.:/@-]+$/.test(word))
      throw invalid(`Invalid filter pattern: ${word} has characters that must stand in double quotes.`);
    const value = phrase === undefined ? (word ?? '') : phrase.replace(/\\(.)/g, '$1');
    (sign === '?' ? any : sign === '-' ? none : all).push(value);
  }
  return (message) =>
    all.every((one) => message.includes(one)) &&
    // Beside terms that must match, ?terms change nothing: the docs say they are ignored then.
    (all.length > 0 || any.length === 0 || any.some((one) => message.includes(one))) &&
    !none.some((one) => message.includes(one));
}
