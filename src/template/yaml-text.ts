/**
 * Reads YAML templates, with every short form (`!Ref`, `!Sub`, …), into the JSON long form.
 * Refuses what CloudFormation's YAML does not have: other tags, aliases, merges, several documents.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
import {
  Composer,
  CST,
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
import { lookup } from '../core/lookup.ts';
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
  try {
    return readYaml(text, source);
  } catch (error) {
    const indented = withIndentedQuotes(text);
    if (indented === text) throw error;
    return readYaml(indented, source);
  }
}

/**
 * The lines of a quoted text may start anywhere in CloudFormation's parser; the one used here wants them indented.
 * Folding drops what they are indented by, so more of it changes nothing.
 */
function withIndentedQuotes(text: string): string {
  let indented = text;
  for (let mended = 0; mended < mostMended; mended++) {
    const cut = cutQuote(indented);
    if (cut === undefined) break;
    const { offset, quoted } = cut;
    const column = offset - indented.lastIndexOf('\n', offset) - 1;
    const lines = quoted.replaceAll('\n', `\n${' '.repeat(column)}`);
    indented = indented.slice(0, offset) + lines + indented.slice(offset + quoted.length);
  }
  return indented;
}

/** Each is looked for from the start. */
const mostMended = 100;
const quotedText = /'(?:[^']|'')*'|"(?:[^"\\]|\\[\s\S])*"/y;

/** The first quoted text that the lexer ends before its closing quote. */
function cutQuote(text: string): { readonly offset: number; readonly quoted: string } | undefined {
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (markers.has(lexeme)) continue;
    if (lexeme.startsWith("'") || lexeme.startsWith('"')) {
      quotedText.lastIndex = offset;
      const [quoted = ''] = quotedText.exec(text) ?? [];
      if (quoted.length > lexeme.length) return { offset, quoted };
    }
    offset += lexeme.length;
  }
  return undefined;
}

/** What the lexer puts between the parts of the text. */
const markers = new Set<string>([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

function readYaml(text: string, source: string): Json {
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
    // CloudFormation takes the last of several: https://github.com/aws-cloudformation/cfn-language-discussion/issues/96
    uniqueKeys: false,
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
  if (tagged) return node.source ?? (node.value === null ? '' : String(node.value));
  if (node.type !== 'PLAIN' || node.tag === 'tag:yaml.org,2002:str')
    return typeof node.value === 'string' ? node.value : String(node.value);
  return plainScalar(node.source ?? '');
}

const booleans: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true },
  ...{ false: false, no: false, off: false },
};

/**
 * A value without quotes as CloudFormation reads it: by YAML 1.1, but `y`, `n`, dates and times are text. So is a number
 * that would not be written the same again: an account id with leading zeros, `1.10`, or more digits than a number has.
 */
function plainScalar(source: string): Json {
  if (/^(|~|null|Null|NULL)$/.test(source)) return null;
  const cased = /^([a-z]+|[A-Z][a-z]+|[A-Z]+)$/.test(source);
  const boolean = cased ? lookup(booleans, source.toLowerCase()) : undefined;
  if (boolean !== undefined) return boolean;
  const digits = source.replaceAll('_', '');
  const octal = /^([-+]?)0([0-7_]+)$/.exec(source);
  const number = octal
    ? Number.parseInt(`${octal[1]}${octal[2]?.replaceAll('_', '')}`, 8)
    : /^([-+]?(0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)|[-+]?[0-9][0-9_]*(\.[0-9_]*([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+))$/.test(
          source,
        )
      ? Number(digits)
      : Number.NaN;
  if (!Number.isFinite(number)) return source;
  const whole = /^[-+]?(0x[0-9a-fA-F_]+|[0-9_]+)$/.test(source) && Number.isSafeInteger(number);
  return whole || String(number) === source ? number : source;
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
