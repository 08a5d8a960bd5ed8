/**
 * Reads XML bodies of REST-XML requests. The parser is a stream parser whose cost grows with the size of the document
 * only; it knows the five entities of XML and no others, and document type declarations are refused.
 */
import { SaxesParser } from 'saxes';
import { define } from './define.ts';
import { readText, WireInputError } from './scalar.ts';
import type { Member, Shape, StructureShape, TimestampFormat } from './shape.ts';

interface XmlNode {
  /** By name without prefix. */
  readonly children: Map<string, XmlNode[]>;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
}

/** No model is deeper than a dozen elements, and none has more than two attributes. */
const maxDepth = 64;
const maxAttributes = 32;

const noAttributes: ReadonlyMap<string, string> = new Map();
const noNodes: readonly XmlNode[] = [];

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** @returns the root element, or undefined when there is none */
function parse(text: string): XmlNode | undefined {
  const parser = new SaxesParser({ position: false });
  const open: XmlNode[] = [];
  let root: XmlNode | undefined;
  let attributes: Map<string, string> | undefined;
  const refuse = (problem: string) => {
    throw new WireInputError('', problem);
  };
  parser.on('error', (error) => refuse(`the body is not well-formed XML: ${error.message}`));
  parser.on('doctype', () => refuse('a document type declaration is not allowed'));
  parser.on('attribute', ({ name, value }) => {
    attributes ??= new Map();
    if (attributes.size === maxAttributes) refuse(`an element has more than ${maxAttributes} attributes`);
    attributes.set(localName(name), value);
  });
  parser.on('opentag', ({ name }) => {
    const node: XmlNode = { children: new Map(), attributes: attributes ?? noAttributes, text: '' };
    attributes = undefined;
    const parent = open.at(-1);
    if (parent) {
      const key = localName(name);
      const same = parent.children.get(key);
      if (same) same.push(node);
      else parent.children.set(key, [node]);
    } else root = node;
    if (open.push(node) > maxDepth)
      throw new WireInputError('', `the body is nested deeper than ${maxDepth} elements`, 'too-deep');
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (part: string) => {
    const node = open.at(-1);
    if (node) node.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  return root;
}

/** Reads the root element of an XML body into a structure. */
export function readXml(shape: Shape, body: string, path: string): unknown {
  const root = parse(body);
  if (!root) throw new WireInputError(path, 'the XML body is empty');
  return readNode(shape, root, path, 'date-time');
}

function readNode(shape: Shape, node: XmlNode, path: string, format: TimestampFormat): unknown {
  switch (shape.kind) {
    case 'structure':
    case 'union':
      return readStructure(shape, node, path, format);
    case 'list':
      return children(node, shape.item.traits.xmlName ?? 'member').map((item, i) =>
        readNode(shape.item.shape, item, `${path}[${i}]`, format),
      );
    case 'map':
      return readEntries(shape, children(node, 'entry'), path, format);
    default:
      return readText(shape, node.text, path, format);
  }
}

function readStructure(shape: StructureShape, node: XmlNode, path: string, format: TimestampFormat) {
  const out: Record<string, unknown> = {};
  let seen = 0;
  const names = new Set<string>();
  for (const member of shape.members) {
    const name = member.traits.xmlName ?? member.name;
    if (member.traits.xmlAttribute) {
      const text = node.attributes.get(localName(name));
      if (text !== undefined) out[member.name] = text;
      continue;
    }
    names.add(name);
    const found = node.children.get(name);
    if (found === undefined) continue;
    seen++;
    out[member.name] = readMember(member, found, path ? `${path}.${member.name}` : member.name, format);
  }
  if (seen < node.children.size)
    for (const key of node.children.keys())
      if (!names.has(key))
        throw new WireInputError(
          path ? `${path}.${key}` : key,
          `is not a member of ${shape.name}`,
          'unknown-member',
        );
  return out;
}

function readMember(
  member: Member,
  found: readonly XmlNode[],
  path: string,
  format: TimestampFormat,
): unknown {
  const { shape } = member;
  const flat = member.traits.xmlFlattened || shape.traits.xmlFlattened;
  if (shape.kind === 'list' && flat)
    return found.map((node, i) => readNode(shape.item.shape, node, `${path}[${i}]`, format));
  if (shape.kind === 'map' && flat) return readEntries(shape, found, path, format);
  const [first] = found;
  return first && readNode(shape, first, path, format);
}

function readEntries(
  shape: Shape & { kind: 'map' },
  entries: readonly XmlNode[],
  path: string,
  format: TimestampFormat,
) {
  const out: Record<string, unknown> = {};
  for (const entry of entries) {
    const key = children(entry, shape.key.traits.xmlName ?? 'key')[0]?.text ?? '';
    const value = children(entry, shape.value.traits.xmlName ?? 'value')[0];
    if (!value) throw new WireInputError(`${path}.${key}`, 'expected a key and a value');
    define(out, key, readNode(shape.value.shape, value, `${path}.${key}`, format));
  }
  return out;
}

const children = (node: XmlNode, name: string): readonly XmlNode[] => node.children.get(name) ?? noNodes;
