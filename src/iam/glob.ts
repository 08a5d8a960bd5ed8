/**
 * Wildcard patterns of policies, compiled once: `*` is any run of characters, `?` exactly one.
 * In the first five parts of an ARN a wildcard inside a part does not reach over a colon; a `*` that ends a
 * part does (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 * Never a regular expression: matching stays linear in practice and cannot be made to hang.
 */

/** Character codes, or one of the negative wildcards below. */
type Tokens = readonly number[];

export const ANY = -1;
/** A `*` that stops at a colon. */
export const ANY_IN_PART = -2;
export const ONE = -3;
/** A `?` that is not a colon. */
const ONE_IN_PART = -4;

/**
 * `text`: wildcards reach anywhere (StringLike, actions). `arn`: the rule above (Resource).
 * `arn-parts`: each part on its own, whatever ends it (ArnLike). `exact`: no wildcards (StringEquals).
 */
export type Style = 'exact' | 'text' | 'arn' | 'arn-parts';

const COLON = 58;
const STAR = 42;
const QUESTION = 63;

/** Tokens of a pattern; `colons` is how many colons stand before it, for text continued after a variable. */
export function tokenize(pattern: string, style: Style, colons = 0): number[] {
  if (style === 'exact') return literal(pattern);
  const tokens: number[] = [];
  let part = colons;
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    const inPart = style !== 'text' && part < 5;
    if (code === STAR) {
      const endsPart = i + 1 === pattern.length || pattern.charCodeAt(i + 1) === COLON;
      tokens.push(inPart && (style === 'arn-parts' || !endsPart) ? ANY_IN_PART : ANY);
    } else if (code === QUESTION) {
      tokens.push(inPart ? ONE_IN_PART : ONE);
    } else {
      if (code === COLON) part++;
      tokens.push(code);
    }
  }
  return tokens;
}

export function literal(text: string): number[] {
  const tokens: number[] = [];
  for (let i = 0; i < text.length; i++) tokens.push(text.charCodeAt(i));
  return tokens;
}

/**
 * Backtracks to the latest star only, with one fallback: when that star may not take a colon, to the latest
 * star that may. That is enough, because an earlier colon-bound star would have to take the same colon.
 */
export function matchTokens(tokens: Tokens, text: string): boolean {
  let t = 0;
  let i = 0;
  let starAt = -1;
  let starText = 0;
  let anyAt = -1;
  let anyText = 0;
  for (;;) {
    const token = tokens[t];
    if (token === undefined && i === text.length) return true;
    if (token === ANY) {
      anyAt = starAt = t++;
      anyText = starText = i;
      continue;
    }
    if (token === ANY_IN_PART) {
      starAt = t++;
      starText = i;
      continue;
    }
    if (token !== undefined && i < text.length) {
      const code = text.charCodeAt(i);
      if (token === code || token === ONE || (token === ONE_IN_PART && code !== COLON)) {
        t++;
        i++;
        continue;
      }
    }
    if (starAt !== anyAt && (starText >= text.length || text.charCodeAt(starText) === COLON)) starAt = anyAt;
    if (starAt === -1) return false;
    if (starAt === anyAt) {
      if (anyText >= text.length) return false;
      i = starText = ++anyText;
    } else {
      i = ++starText;
    }
    t = starAt + 1;
  }
}

/** A matcher for a pattern without variables, with the cheap forms (all, exact, prefix) cut short. */
export function compileGlob(tokens: Tokens): (text: string) => boolean {
  const wild = tokens.findIndex((token) => token < 0);
  const head = String.fromCharCode(...(wild === -1 ? tokens : tokens.slice(0, wild)));
  if (wild === -1) return (text) => text === head;
  if (wild === tokens.length - 1 && tokens[wild] === ANY) {
    return head === '' ? () => true : (text) => text.startsWith(head);
  }
  return (text) => text.startsWith(head) && matchTokens(tokens, text);
}
