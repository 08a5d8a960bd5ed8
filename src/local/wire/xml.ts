/** XML as it is written: answers of Query and REST-XML. ./xml-reader.ts reads the requests. */
import { writeText } from './scalar.ts';
import type { Member, Shape, StructureShape, TimestampFormat } from './shape.ts';

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};
// Control characters that XML 1.0 cannot carry are dropped, as S3 does when it is not asked to url-encode.
export const escapeXml = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the characters to drop
  text.replace(/[&<>"\r]/g, (c) => escapes[c] ?? c).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

/** The members of a structure as elements, without the enclosing element. */
export function writeXmlMembers(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  format: TimestampFormat,
): string {
  let out = '';
  for (const member of shape.members) {
    if (
      member.traits.httpHeader ||
      member.traits.httpPrefixHeaders ||
      member.traits.httpLabel ||
      member.traits.httpResponseCode
    )
      continue;
    const item = value[member.name];
    if (item === undefined || item === null || member.traits.xmlAttribute) continue;
    out += writeXmlMember(member, item, format);
  }
  return out;
}

function writeXmlMember(member: Member, value: unknown, format: TimestampFormat): string {
  const name = member.traits.xmlName ?? member.name;
  const { shape } = member;
  if (shape.kind === 'list' && (member.traits.xmlFlattened || shape.traits.xmlFlattened))
    return (value as unknown[]).map((item) => element(name, shape.item.shape, item, format)).join('');
  if (shape.kind === 'map' && (member.traits.xmlFlattened || shape.traits.xmlFlattened))
    return mapEntries(shape, value as Record<string, unknown>, name, format);
  return element(name, shape, value, format, member);
}

export function element(
  name: string,
  shape: Shape,
  value: unknown,
  format: TimestampFormat,
  member?: Member,
): string {
  switch (shape.kind) {
    case 'structure':
    case 'union': {
      const attributes = shape.members
        .filter((m) => m.traits.xmlAttribute && (value as Record<string, unknown>)[m.name] != null)
        .map(
          (m) =>
            ` ${m.traits.xmlName ?? m.name}="${escapeXml(String((value as Record<string, unknown>)[m.name]))}"`,
        )
        .join('');
      const space = member?.traits.xmlNamespace ?? shape.traits.xmlNamespace;
      const xmlns = Array.isArray(space)
        ? ` xmlns:${space[0]}="${space[1]}"`
        : space
          ? ` xmlns="${space}"`
          : '';
      return `<${name}${xmlns}${attributes}>${writeXmlMembers(shape, value as Record<string, unknown>, format)}</${name}>`;
    }
    case 'list': {
      const item = shape.item.traits.xmlName ?? 'member';
      return `<${name}>${(value as unknown[]).map((v) => element(item, shape.item.shape, v, format)).join('')}</${name}>`;
    }
    case 'map':
      return `<${name}>${mapEntries(shape, value as Record<string, unknown>, 'entry', format)}</${name}>`;
    default:
      return `<${name}>${escapeXml(writeText(shape, value, format))}</${name}>`;
  }
}

function mapEntries(
  shape: Shape & { kind: 'map' },
  value: Record<string, unknown>,
  entry: string,
  format: TimestampFormat,
) {
  return Object.entries(value)
    .map(
      ([key, item]) =>
        `<${entry}>${element(shape.key.traits.xmlName ?? 'key', shape.key.shape, key, format)}${element(
          shape.value.traits.xmlName ?? 'value',
          shape.value.shape,
          item,
          format,
        )}</${entry}>`,
    )
    .join('');
}
