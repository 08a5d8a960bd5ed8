/**
 * Wildcard patterns of users, matched without backtracking: each piece between two stars is taken where it is first
 * found, which is enough when the last piece has to end the text. Costs at most the text's length times the longest
 * piece's. Policies have wildcards of their own, which know the parts of an ARN: src/iam/glob.ts.
 */

interface WildcardOptions {
  /** `?` is any one character. Default false: it is a question mark. */
  readonly one?: boolean;
  /** A backslash takes away the meaning of the character after it. Default false. */
  readonly escapes?: boolean;
}

/** Characters between two stars; undefined is any one character. */
type Piece = readonly (string | undefined)[];

/** `*` is any number of characters, line breaks too. The whole text has to match. */
export function compileWildcards(
  pattern: string,
  { one = false, escapes = false }: WildcardOptions = {},
): (text: string) => boolean {
  const pieces = split(pattern, one, escapes).map(finder);
  const [head, ...rest] = pieces;
  const tail = rest.pop();
  if (!head) return (text) => text === '';
  if (!tail) return (text) => text.length === head.length && head.standsAt(text, 0);
  return (text) => {
    const end = text.length - tail.length;
    let from = head.length;
    if (end < from || !head.standsAt(text, 0) || !tail.standsAt(text, end)) return false;
    for (const piece of rest) {
      const found = piece.find(text, from);
      if (found < 0) return false;
      from = found + piece.length;
    }
    return from <= end;
  };
}

function split(pattern: string, one: boolean, escapes: boolean): Piece[] {
  let piece: (string | undefined)[] = [];
  const pieces: Piece[] = [piece];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (escapes && char === '\\' && i + 1 < pattern.length) piece.push(pattern.charAt(++i));
    else if (char === '?' && one) piece.push(undefined);
    else if (char === '*') {
      piece = [];
      pieces.push(piece);
    } else piece.push(char);
  }
  return pieces;
}

interface Finder {
  readonly length: number;
  standsAt(text: string, at: number): boolean;
  find(text: string, from: number): number;
}

function finder(piece: Piece): Finder {
  const { length } = piece;
  if (piece.every((char) => char !== undefined)) {
    const literal = piece.join('');
    return {
      length,
      standsAt: (text, at) => text.startsWith(literal, at),
      find: (text, from) => text.indexOf(literal, from),
    };
  }
  const standsAt = (text: string, at: number) =>
    piece.every((char, i) => char === undefined || char === text.charAt(at + i));
  return {
    length,
    standsAt,
    find(text, from) {
      for (let at = from; at + length <= text.length; at++) if (standsAt(text, at)) return at;
      return -1;
    },
  };
}
