/**
 * Splits the text of Fn::Sub into literals and variables; refuses variable names that CloudFormation refuses.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */

import { isArray, type Json } from './json.ts';

type SubPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

type SubText =
  | { readonly ok: true; readonly parts: readonly SubPart[] }
  | { readonly ok: false; readonly message: string };

/** `${!Literal}` stays as `${Literal}`; a `${` that is never closed is text. */
export function parseSubText(text: string): SubText {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const inner = match[1] ?? '';
    if (inner.startsWith('!')) parts.push({ kind: 'text', text: `\${${inner.slice(1)}}` });
    else if (/^[A-Za-z0-9_.:]+$/.test(inner)) parts.push({ kind: 'variable', name: inner });
    else {
      return {
        ok: false,
        message:
          'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, ' +
          `underscores, periods, and colons; got \${${inner}}. Write \${!${inner}} to keep it as text`,
      };
    }
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return { ok: true, parts };
}

/** The text and the map of either form of Fn::Sub. */
export function subArguments(argument: Json): {
  readonly text: Json | undefined;
  readonly map: Json | undefined;
  readonly count: number;
} {
  if (!isArray(argument)) return { text: argument, map: undefined, count: 1 };
  return { text: argument[0], map: argument[1], count: argument.length };
}
