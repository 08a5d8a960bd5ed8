/** The form-encoded input of the AWS Query protocol: `Key.member.1.Name=…` read back into the operation's input. */
import { define } from './define.ts';
import { readText, WireInputError } from './scalar.ts';
import type { Member, Shape, StructureShape } from './shape.ts';

interface Node {
  text?: string;
  readonly children: Map<string, Node>;
}

/** No model has a dozen levels, of which a list takes two parts of a key. */
const maxParts = 64;
/** A list of a thousand entries with ten members each is far from it. */
const maxParameters = 20_000;

/** @throws WireInputError before the parameters are split, when there are more than any call has */
export function parseQuery(text: string): URLSearchParams {
  let count = 0;
  for (let mark = text.indexOf('&'); mark >= 0; mark = text.indexOf('&', mark + 1))
    if (++count >= maxParameters)
      throw new WireInputError('', `the body has more than ${maxParameters} parameters`);
  return new URLSearchParams(text);
}

export function readQuery(shape: StructureShape, params: URLSearchParams): Record<string, unknown> {
  const root: Node = { children: new Map() };
  for (const [key, text] of params) {
    if (key === 'Action' || key === 'Version' || key.startsWith('X-Amz-') || key === 'AWSAccessKeyId')
      continue;
    let node = root;
    const parts = key.split('.', maxParts + 1);
    if (parts.length > maxParts)
      throw new WireInputError(`${key.slice(0, 100)}…`, `has more than ${maxParts} parts`, 'too-deep');
    for (const part of parts) {
      let child = node.children.get(part);
      if (!child) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.text = text;
  }
  return readStructure(shape, root, '');
}

function readStructure(shape: StructureShape, node: Node, path: string): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const member of shape.members) {
    const key = node.children.has(member.traits.xmlName ?? member.name)
      ? (member.traits.xmlName ?? member.name)
      : member.name;
    const child = node.children.get(key);
    if (!child) continue;
    seen.add(key);
    out[member.name] = readNode(member.shape, member, child, path ? `${path}.${member.name}` : member.name);
  }
  for (const key of node.children.keys())
    if (!seen.has(key))
      throw new WireInputError(
        path ? `${path}.${key}` : key,
        `is not a member of ${shape.name}`,
        'unknown-member',
      );
  return out;
}

function readNode(shape: Shape, member: Member, node: Node, path: string): unknown {
  switch (shape.kind) {
    case 'structure':
    case 'union':
      return readStructure(shape, node, path);
    case 'list': {
      // Clients write an empty list as `Key=`; some write flattened lists with `member` and some without.
      const flat = member.traits.xmlFlattened || shape.traits.xmlFlattened;
      const wrapper = flat
        ? undefined
        : (node.children.get(shape.item.traits.xmlName ?? 'member') ?? node.children.get('member'));
      return indexed(wrapper ?? node, path).map(([i, child]) =>
        readNode(shape.item.shape, shape.item, child, `${path}[${i}]`),
      );
    }
    case 'map': {
      const flat = member.traits.xmlFlattened || shape.traits.xmlFlattened;
      const entries = flat ? node : (node.children.get('entry') ?? node);
      const out: Record<string, unknown> = {};
      for (const [i, entry] of indexed(entries, path)) {
        const key = entry.children.get(shape.key.traits.xmlName ?? 'key')?.text;
        const value = entry.children.get(shape.value.traits.xmlName ?? 'value');
        if (key === undefined || !value)
          throw new WireInputError(`${path}.${i}`, 'expected a key and a value');
        define(out, key, readNode(shape.value.shape, shape.value, value, `${path}.${key}`));
      }
      return out;
    }
    default:
      return readText(shape, node.text ?? '', path);
  }
}

function indexed(node: Node, path: string): [number, Node][] {
  return [...node.children]
    .map(([key, child]): [number, Node] => {
      const index = /^\d{1,10}$/.test(key) ? Number(key) : Number.NaN;
      if (Number.isNaN(index)) throw new WireInputError(`${path}.${key}`, 'expected a list index');
      return [index, child];
    })
    .sort((a, b) => a[0] - b[0]);
}
