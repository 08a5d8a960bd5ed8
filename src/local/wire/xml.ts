/** XML bodies: written for Query and REST-XML answers, read for REST-XML requests. */
import { XMLParser } from 'fast-xml-parser';
import { readText, WireInputError, writeText } from './scalar.ts';
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

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  processEntities: true,
  removeNSPrefix: true,
  isArray: () => true,
});

type XmlNode = string | Record<string, unknown>;

/** Reads the root element of an XML body into a structure. */
export function readXml(shape: Shape, body: string, path: string): unknown {
  let parsed: Record<string, unknown>;
  try {
    parsed = parser.parse(body, true) as Record<string, unknown>;
  } catch (error) {
    throw new WireInputError(path, `the body is not well-formed XML: ${(error as Error).message}`);
  }
  const root = Object.entries(parsed).find(
    ([key]) => !key.startsWith('?') && !key.startsWith('@') && key !== '#text',
  );
  const node = (root?.[1] as XmlNode[] | undefined)?.[0];
  if (node === undefined) throw new WireInputError(path, 'the XML body is empty');
  return readNode(shape, node, path, 'date-time');
}

function readNode(shape: Shape, node: XmlNode, path: string, format: TimestampFormat): unknown {
  switch (shape.kind) {
    case 'structure':
    case 'union': {
      const source = typeof node === 'string' ? {} : node;
      const out: Record<string, unknown> = {};
      const seen = new Set<string>();
      for (const member of shape.members) {
        const name = member.traits.xmlName ?? member.name;
        if (member.traits.xmlAttribute) {
          const plain = name.includes(':') ? name.slice(name.indexOf(':') + 1) : name;
          const text = source[`@${name}`] ?? source[`@${plain}`];
          if (text !== undefined) out[member.name] = String(text);
          continue;
        }
        const found = source[name] as XmlNode[] | undefined;
        if (found === undefined) continue;
        seen.add(name);
        out[member.name] = readMember(member, found, path ? `${path}.${member.name}` : member.name, format);
      }
      for (const key of Object.keys(source))
        if (!seen.has(key) && !key.startsWith('@') && key !== '#text')
          throw new WireInputError(path ? `${path}.${key}` : key, `is not a member of ${shape.name}`, true);
      return out;
    }
    case 'list':
      return children(node, shape.item.traits.xmlName ?? 'member').map((item, i) =>
        readNode(shape.item.shape, item, `${path}[${i}]`, format),
      );
    case 'map':
      return readEntries(shape, children(node, 'entry'), path, format);
    default:
      return readText(shape, text(node), path, format);
  }
}

function readMember(member: Member, found: XmlNode[], path: string, format: TimestampFormat): unknown {
  const { shape } = member;
  const flat = member.traits.xmlFlattened || shape.traits.xmlFlattened;
  if (shape.kind === 'list' && flat)
    return found.map((node, i) => readNode(shape.item.shape, node, `${path}[${i}]`, format));
  if (shape.kind === 'map' && flat) return readEntries(shape, found, path, format);
  return readNode(shape, found[0] ?? '', path, format);
}

function readEntries(
  shape: Shape & { kind: 'map' },
  entries: XmlNode[],
  path: string,
  format: TimestampFormat,
) {
  const out: Record<string, unknown> = {};
  for (const entry of entries) {
    const key = text(children(entry, shape.key.traits.xmlName ?? 'key')[0] ?? '');
    out[key] = readNode(
      shape.value.shape,
      children(entry, shape.value.traits.xmlName ?? 'value')[0] ?? '',
      `${path}.${key}`,
      format,
    );
  }
  return out;
}

const children = (node: XmlNode, name: string): XmlNode[] =>
  typeof node === 'string' ? [] : ((node[name] as XmlNode[] | undefined) ?? []);

const text = (node: XmlNode): string =>
  typeof node === 'string'
    ? node
    : String((Array.isArray(node['#text']) ? node['#text'][0] : node['#text']) ?? '');
