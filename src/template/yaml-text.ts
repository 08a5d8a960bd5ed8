/**
 * Reads YAML templates, with every short form (`!Ref`, `!Sub`, …), into the JSON long form.
 * Refuses what CloudFormation's YAML does not have: other tags, aliases, merges, several documents.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type ParsedNode,
  Parser,
  type Scalar,
  type Tags,
  visit,
} from 'yaml';
import { SlipwayError } from '../core/errors.ts';
import { deepest, isString, type Json } from './json.ts';
import { TemplateError } from './problems.ts';

/** Short tags whose long form is not `Fn::` and the tag's name. */
const plainTags = new Set(['Ref', 'Condition']);

const functionTags = new Set([
  ...[
    'And',
    'Base64',
    'Cidr',
    'Contains',
    'EachMemberEquals',
    'EachMemberIn',
    'Equals',
    'FindInMap',
    'GetAtt',
  ],
  ...[
    'GetAZs',
    'GetStackOutput',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'RefAll',
    'Select',
    'Split',
    'Sub',
  ],
  ...['ToJsonString', 'Transform', 'ValueOf', 'ValueOfAll'],
]);

/** YAML 1.1 types that CloudFormation leaves alone: `2012-10-17` stays text, and so does `22:22`. */
const leftOut = new Set(['binary', 'omap', 'pairs', 'set', 'timestamp', 'merge']);

function cloudFormationTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (isString(tag)) return !leftOut.has(tag);
    const short = tag.tag.replace('tag:yaml.org,2002:', '');
    return !leftOut.has(short) && tag.format !== 'TIME';
  });
}

export function parseYamlText(text: string, source: string): Json {
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  const fail = (message: string, offset: number): never => {
    throw new TemplateError(
      'template.unreadable',
      `${source} (${at(offset)}): ${message}`,
      `Template format error: YAML not well-formed. (${at(offset)})`,
    );
  };
  const composer = new Composer<ParsedNode>({
    version: '1.1',
    customTags: cloudFormationTags,
    uniqueKeys: (a, b) => isScalar(a) && isScalar(b) && keyText(a) === keyText(b),
    keepSourceTokens: false,
  });
  const parser = new Parser(lines.addNewLine);
  function* tokens() {
    lines.addNewLine(0);
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme);
      // The parser keeps a stack of its own; everything after it calls itself for each level.
      if (parser.stack.length > deepest) fail(`nested deeper than ${deepest} levels`, parser.offset);
    }
    yield* parser.end();
  }
  const [document, second] = composer.compose(tokens());
  if (document === undefined) throw new SlipwayError('template.unreadable', `${source} is empty`);
  if (second !== undefined)
    fail('a template is one YAML document; a second one starts here', second.range[0]);
  const [error] = document.errors;
  if (error !== undefined) fail(error.message, error.pos[0]);
  refuseAnchors(document, fail);
  return toJson(document.contents, fail);
}

/** Keys are text: `on` and `80` are not turned into a boolean or number first. */
function keyText(key: Scalar): string {
  return key.source ?? String(key.value);
}

type Fail = (message: string, offset: number) => never;

function refuseAnchors(document: Document.Parsed<ParsedNode>, fail: Fail): void {
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) fail('YAML aliases are not supported by CloudFormation', offsetOf(node));
    },
  });
}

function offsetOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

function toJson(node: Node | null, fail: Fail): Json {
  const tag = shortTag(node, fail);
  const value = plainValue(node, tag !== undefined, fail);
  return tag === undefined ? value : longForm(tag, value, node, fail);
}

function shortTag(node: Node | null, fail: Fail): string | undefined {
  const tag = node === null || isAlias(node) || !('tag' in node) ? undefined : node.tag;
  if (!isString(tag) || tag.startsWith('tag:yaml.org,2002:') || tag === '!') return undefined;
  const name = tag.slice(1);
  if (tag.startsWith('!') && (plainTags.has(name) || functionTags.has(name))) return name;
  return fail(`unknown tag ${tag}`, offsetOf(node));
}

function plainValue(node: Node | null, tagged: boolean, fail: Fail): Json {
  if (node === null) return null;
  if (isSeq<Node | null>(node)) return node.items.map((item) => toJson(item, fail));
  if (isMap<Node, Node | null>(node)) {
    // fromEntries, because a key may be called __proto__.
    return Object.fromEntries(
      node.items.map((pair) => {
        const key = pair.key;
        if (!isScalar(key)) return fail('a key has to be a plain value', offsetOf(key));
        if (key.tag !== undefined && shortTag(key, fail) !== undefined) {
          return fail(`the short form ${key.tag} cannot be a key`, offsetOf(key));
        }
        if (key.value === '<<' && key.source === '<<') {
          return fail('YAML merges (<<) are not supported by CloudFormation', offsetOf(key));
        }
        return [keyText(key), toJson(pair.value, fail)];
      }),
    );
  }
  if (!isScalar(node)) return fail('this kind of YAML node is not supported', offsetOf(node));
  const { value } = node;
  if (tagged) return node.source ?? (value === null ? '' : String(value));
  // YAML 1.1 has y and n for true and false, and 0-prefixed octals; CloudFormation's reader takes `AttributeType: N`
  // and an account id such as 098765432109 as text.
  if (/^([yn]|[-+]?0\d*[89]\d*)$/i.test(node.source ?? '')) return node.source ?? '';
  if (value === null || isString(value) || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return fail(`the value ${node.source ?? String(value)} has no counterpart in JSON`, offsetOf(node));
}

function longForm(tag: string, value: Json, node: Node | null, fail: Fail): Json {
  if (plainTags.has(tag)) {
    return isString(value) ? { [tag]: value } : fail(`!${tag} takes one name`, offsetOf(node));
  }
  // Attribute names may have dots (Outputs.Name), logical ids may not.
  if (tag === 'GetAtt' && isString(value)) {
    const dot = value.indexOf('.');
    if (dot < 1) return fail(`!GetAtt takes logicalId.attribute, got "${value}"`, offsetOf(node));
    return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${tag}`]: value };
}
