/**
 * A string of a policy with its variables: `${aws:username}`, `${key, 'default'}`, `${*}` `${?}` `${$}`.
 * What a variable expands to is taken literally, so that no caller can smuggle a wildcard into a policy.
 * A variable without a value, or with several, leaves the pattern unresolved: it then matches nothing
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
import { compileGlob, literal, matchTokens, type Style, tokenize } from './glob.ts';
import type { RequestKeys } from './request-keys.ts';

export type Match = 'yes' | 'no' | 'unresolved';

export type Pattern = (text: string, keys: RequestKeys) => Match;

interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

const variableSyntax = /\$\{([^}]*)\}/g;
const escapes = new Set(['*', '?', '$']);

function readVariable(body: string): Variable {
  const comma = body.indexOf(',');
  const fallback = comma < 0 ? '' : body.slice(comma + 1).trim();
  if (fallback.length < 2 || !fallback.startsWith("'") || !fallback.endsWith("'"))
    return { key: body.trim().toLowerCase() };
  return { key: body.slice(0, comma).trim().toLowerCase(), fallback: fallback.slice(1, -1) };
}

/** `variables` is false in documents of 2008-10-17, where `${…}` is plain text. */
export function compilePattern(
  source: string,
  style: Style,
  options: { readonly variables: boolean; readonly ignoreCase?: boolean },
): Pattern {
  const fold = options.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const pieces: (number[] | Variable)[] = [];
  let end = 0;
  let colons = 0;
  const addText = (text: string) => {
    pieces.push(tokenize(fold(text), style, colons));
    colons += text.split(':').length - 1;
  };
  if (options.variables) {
    for (const found of source.matchAll(variableSyntax)) {
      addText(source.slice(end, found.index));
      end = found.index + found[0].length;
      const body = found[1] ?? '';
      pieces.push(escapes.has(body) ? literal(body) : readVariable(body));
    }
  }
  addText(source.slice(end));

  if (pieces.every((piece) => Array.isArray(piece))) {
    const matches = compileGlob(pieces.flat());
    return (text) => (matches(fold(text)) ? 'yes' : 'no');
  }
  return (text, keys) => {
    const tokens: number[] = [];
    for (const piece of pieces) {
      if (Array.isArray(piece)) {
        for (const token of piece) tokens.push(token);
        continue;
      }
      const value = keys.get(piece.key);
      const resolved = value === undefined ? piece.fallback : value;
      if (typeof resolved !== 'string') return 'unresolved';
      for (const token of literal(fold(resolved))) tokens.push(token);
    }
    return matchTokens(tokens, fold(text)) ? 'yes' : 'no';
  };
}

/** `yes` if any pattern matches, else `unresolved` if any could not be resolved. */
export function matchAny(patterns: readonly Pattern[], text: string, keys: RequestKeys): Match {
  let answer: Match = 'no';
  for (const pattern of patterns) {
    const match = pattern(text, keys);
    if (match === 'yes') return 'yes';
    if (match === 'unresolved') answer = 'unresolved';
  }
  return answer;
}
