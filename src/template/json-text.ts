/**
 * Reads JSON text; an error says line and column. Of a key that is there twice the last counts, as on AWS.
 */
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
  return value;
}

function position(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}
