/**
 * Reads JSON text strictly: duplicate keys are refused and every error says line and column.
 */
import { SlipwayError } from '../core/errors.ts';
import type { Json } from './json.ts';
import { firstMistake } from './json-position.ts';
import { TemplateError } from './problems.ts';

export function parseJsonText(text: string, source: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const found = firstMistake(text);
    const reason = found?.reason ?? (cause instanceof Error ? cause.message : String(cause));
    const offset = found?.offset ?? 0;
    throw new TemplateError(
      'template.unreadable',
      `${source} is not well-formed JSON (${position(text, offset)}): ${reason}`,
      // AWS's column is that behind the character.
      `Template format error: JSON not well-formed. (${position(text, offset + 1)})`,
      { cause },
    );
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) {
    throw new SlipwayError(
      'template.unreadable',
      `${source} has the key "${duplicate.key}" twice in one object (${position(text, duplicate.offset)})`,
      { fix: 'Keep one of the two; CloudFormation would silently drop the other.' },
    );
  }
  return value;
}

function position(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}

/** The text is known to be valid JSON, so only strings and brackets need to be looked at. */
function findDuplicateKey(text: string): { readonly key: string; readonly offset: number } | undefined {
  const open: (Set<string> | undefined)[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (const match of text.matchAll(token)) {
    const [found] = match;
    if (found === '{') open.push(new Set());
    else if (found === '[') open.push(undefined);
    else if (found === '}' || found === ']') open.pop();
    else if (match[1] !== undefined) {
      const key: string = JSON.parse(found.slice(0, found.lastIndexOf('"') + 1));
      const keys = open.at(-1);
      if (keys?.has(key)) return { key, offset: match.index };
      keys?.add(key);
    }
  }
  return undefined;
}
