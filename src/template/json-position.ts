/**
 * Finds where JSON text stops being JSON. JSON.parse knows, but does not always say.
 */

/** A string, number or word; text may hold anything but control characters, quotes and lone backslashes. */
const token =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' | 'nothing';

/** The offset and kind of the first mistake, or undefined for well-formed text. */
export function firstMistake(text: string): { readonly offset: number; readonly reason: string } | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  while (true) {
    const gap = /[ \t\n\r]*/y;
    gap.lastIndex = offset;
    gap.exec(text);
    const start = gap.lastIndex;
    if (start === text.length) {
      return expected === 'nothing' ? undefined : { offset: start, reason: 'it ends too early' };
    }
    token.lastIndex = start;
    const match = token.exec(text);
    const next: Expected | undefined =
      match === null ? undefined : step(expected, match[1] ?? (match[2] ? 'string' : 'scalar'), open);
    if (match === null || next === undefined)
      return { offset: start, reason: mistake(text, start, match === null) };
    expected = next;
    offset = token.lastIndex;
  }
}

/** What may follow, or undefined if the token does not fit. */
function step(expected: Expected, found: string, open: ('{' | '[')[]): Expected | undefined {
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  const wantsValue = expected === 'value' || expected === 'value or ]';
  switch (found) {
    case '{':
    case '[':
      if (!wantsValue) return undefined;
      open.push(found);
      return found === '{' ? 'key or }' : 'value or ]';
    case '}':
    case ']': {
      const closes = found === '}' ? '{' : '[';
      const fits = expected === 'comma or end' || expected === (found === '}' ? 'key or }' : 'value or ]');
      if (!fits || open.at(-1) !== closes) return undefined;
      open.pop();
      return afterValue();
    }
    case ',':
      if (expected !== 'comma or end') return undefined;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    case 'string':
      if (expected === 'key' || expected === 'key or }') return 'colon';
      return wantsValue ? afterValue() : undefined;
    default:
      return wantsValue ? afterValue() : undefined;
  }
}

function mistake(text: string, offset: number, unreadable: boolean): string {
  const [character = ''] = text.slice(offset, offset + 2);
  return unreadable && character === '"'
    ? 'a string that is not closed, has a line break in it or a wrong escape'
    : `unexpected ${JSON.stringify(character)}`;
}
