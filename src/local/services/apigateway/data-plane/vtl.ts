/**
 * The part of Velocity that CORS preflights need (aws-cdk-lib's addCorsPreflight writes it): #set, #if, #elseif,
 * #else, #end, comparisons, `$input.params()`, `$context`, `$stageVariables`, and overriding a response's header
 * or status. Everything else is refused by name when the API is defined.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
import { lookup } from '../../../../core/lookup.ts';

type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'reference'; readonly source: string; readonly steps: readonly Step[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

interface Step {
  readonly name: string;
  readonly args?: readonly Expression[];
}

type Node =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'print'; readonly reference: Expression & { kind: 'reference' } }
  | { readonly kind: 'set'; readonly target: readonly string[]; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly branches: readonly {
        readonly condition: Expression | undefined;
        readonly body: readonly Node[];
      }[];
    };

type Template =
  | { readonly kind: 'template'; readonly nodes: readonly Node[] }
  | { readonly kind: 'unsupported'; readonly what: string };

interface TemplateScope {
  readonly params: {
    readonly path: Readonly<Record<string, string>>;
    readonly querystring: Readonly<Record<string, string>>;
    readonly header: Readonly<Record<string, string>>;
  };
  /** `identity.sourceIp` → value */
  context(path: string): string | undefined;
  readonly stageVariables: Readonly<Record<string, string>>;
}

export interface Rendered {
  readonly text: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
}

class Unsupported extends Error {}

const parsedTemplates = new Map<string, Template>();

export function parseTemplate(text: string): Template {
  let parsed = parsedTemplates.get(text);
  if (!parsed) {
    try {
      parsed = { kind: 'template', nodes: new Parser(text).block(true) };
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      parsed = { kind: 'unsupported', what: error.message };
    }
    if (parsedTemplates.size > 500) parsedTemplates.clear();
    parsedTemplates.set(text, parsed);
  }
  return parsed;
}

/** Names have hyphens in Velocity: `$context.responseOverride.header.Access-Control-Allow-Origin`. */
const name = /[A-Za-z_][\w-]*/y;

const deepest = 100;

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#at += found[0].length;
    return found[0];
  }

  #expect(text: string): void {
    this.#match(/\s*/y);
    if (!this.#text.startsWith(text, this.#at))
      throw new Unsupported(`"${this.#text.slice(this.#at, this.#at + 20)}" where ${text} was expected`);
    this.#at += text.length;
  }

  /** Up to #end, #else or #elseif, or to the end of the text. */
  block(outermost: boolean): Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#text.length) {
      const literal = this.#match(/[^#$]+/y);
      if (literal !== undefined) nodes.push({ kind: 'literal', text: literal });
      else if (this.#match(/##[^\n]*\n?/y) !== undefined) continue;
      else if (this.#match(/#set\s*\(/y) !== undefined) nodes.push(this.#set());
      else if (this.#match(/#if\s*\(/y) !== undefined) nodes.push(this.#nested(() => this.#if()));
      else if (/#(?:end|else|elseif)\b/y.test(this.#text.slice(this.#at, this.#at + 8))) {
        if (outermost) throw new Unsupported('#end or #else without #if');
        return nodes;
      } else if (this.#text[this.#at] === '#') {
        const directive = this.#match(/#\w+/y);
        if (directive !== undefined) throw new Unsupported(directive);
        nodes.push({ kind: 'literal', text: '#' });
        this.#at++;
      } else {
        const before = this.#at;
        const reference = this.#reference();
        if (reference) nodes.push({ kind: 'print', reference });
        else {
          this.#at = before + 1;
          nodes.push({ kind: 'literal', text: '$' });
        }
      }
    }
    if (!outermost) throw new Unsupported('#if without #end');
    return nodes;
  }

  #set(): Node {
    this.#expect('$');
    const target = [this.#match(name) ?? ''];
    while (this.#match(/\./y) !== undefined) target.push(this.#match(name) ?? '');
    if (target.length > 1 && !(target[0] === 'context' && target[1] === 'responseOverride'))
      throw new Unsupported(`#set of $${target.join('.')}`);
    this.#expect('=');
    const value = this.#or();
    this.#expect(')');
    this.#match(/[ \t]*\r?\n/y);
    return { kind: 'set', target, value };
  }

  #if(): Node {
    const branches: { condition: Expression | undefined; body: Node[] }[] = [];
    let condition: Expression | undefined = this.#or();
    this.#expect(')');
    for (;;) {
      this.#match(/[ \t]*\r?\n/y);
      branches.push({ condition, body: this.block(false) });
      if (this.#match(/#elseif\s*\(/y) !== undefined) {
        condition = this.#or();
        this.#expect(')');
      } else if (this.#match(/#else\b/y) !== undefined) condition = undefined;
      else {
        this.#match(/#end\b/y);
        this.#match(/[ \t]*\r?\n/y);
        return { kind: 'if', branches };
      }
    }
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#match(/\s*(?:\|\||or\b)/y) !== undefined)
      left = { kind: 'binary', operator: '||', left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#comparison();
    while (this.#match(/\s*(?:&&|and\b)/y) !== undefined)
      left = { kind: 'binary', operator: '&&', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Expression {
    const left = this.#primary();
    const operator = this.#match(/\s*(?:==|!=)/y)?.trim();
    return operator === undefined ? left : { kind: 'binary', operator, left, right: this.#primary() };
  }

  /** What is inside of something else is read by methods that call one another. */
  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new Unsupported(`more than ${deepest} levels inside one another`);
    const found = read();
    this.#depth--;
    return found;
  }

  #primary(): Expression {
    return this.#nested(() => this.#operand());
  }

  #operand(): Expression {
    this.#match(/\s*/y);
    if (this.#match(/!/y) !== undefined) return { kind: 'not', of: this.#primary() };
    if (this.#match(/\(/y) !== undefined) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const text = this.#match(/"[^"]*"|'[^']*'/y);
    if (text !== undefined) {
      if (text.startsWith('"') && text.includes('$')) throw new Unsupported(`a reference inside ${text}`);
      return { kind: 'text', value: text.slice(1, -1) };
    }
    const number = this.#match(/-?\d+(?:\.\d+)?/y);
    if (number !== undefined) return { kind: 'number', value: Number(number) };
    const word = this.#match(/true\b|false\b/y);
    if (word !== undefined) return { kind: 'boolean', value: word === 'true' };
    const reference = this.#reference();
    if (reference) return reference;
    throw new Unsupported(`the expression "${this.#text.slice(this.#at, this.#at + 20)}"`);
  }

  #reference(): (Expression & { kind: 'reference' }) | undefined {
    const start = this.#at;
    if (this.#match(/\$!?\{?/y) === undefined) return undefined;
    const braced = this.#text[this.#at - 1] === '{';
    const first = this.#match(name);
    if (first === undefined) return undefined;
    const steps: Step[] = [{ name: first }];
    while (/\.[A-Za-z_]/y.test(this.#text.slice(this.#at, this.#at + 2))) {
      this.#at++;
      const step = this.#match(name) ?? '';
      if (this.#match(/\(/y) === undefined) steps.push({ name: step });
      else steps.push({ name: step, args: this.#arguments() });
    }
    if (braced) this.#expect('}');
    const source = this.#text.slice(start, this.#at);
    checkReference(steps, source);
    return { kind: 'reference', source, steps };
  }

  #arguments(): Expression[] {
    const args: Expression[] = [];
    this.#match(/\s*/y);
    if (this.#match(/\)/y) !== undefined) return args;
    do args.push(this.#or());
    while (this.#match(/\s*,/y) !== undefined);
    this.#expect(')');
    return args;
  }
}

function checkReference(steps: readonly Step[], source: string): void {
  const [root, first, second, third] = steps;
  if (root?.name === 'util') throw new Unsupported(source);
  if (root?.name !== 'input') return;
  const get = third === undefined || (third.name === 'get' && third.args?.length === 1);
  const map = second === undefined || ['header', 'path', 'querystring'].includes(second.name);
  if (first?.name !== 'params' || !first.args || !get || !map || steps.length > 4)
    throw new Unsupported(source);
}

export function renderTemplate(template: Template, scope: TemplateScope): Rendered {
  if (template.kind === 'unsupported') throw new Error(`a template with ${template.what} was accepted`);
  const variables = new Map<string, unknown>();
  const headers: Record<string, string> = {};
  let status: number | undefined;
  let text = '';

  const reference = (steps: readonly Step[]): unknown => {
    const [root, ...rest] = steps;
    switch (root?.name) {
      case 'input': {
        const [call, map, last] = rest;
        const key = call?.args?.[0];
        if (key) return param(String(value(key)));
        const found = scope.params[map?.name as 'header'] as Record<string, string> | undefined;
        const wanted = last?.args?.[0];
        return wanted && found ? (lookup(found, String(value(wanted))) ?? '') : found;
      }
      case 'context':
        return scope.context(rest.map((step) => step.name).join('.')) ?? '';
      case 'stageVariables':
        return lookup(scope.stageVariables, rest[0]?.name ?? '') ?? '';
      default:
        return variables.get(root?.name ?? '');
    }
  };
  const param = (key: string) =>
    lookup(scope.params.path, key) ??
    lookup(scope.params.querystring, key) ??
    lookup(scope.params.header, key) ??
    '';

  const value = (expression: Expression): unknown => {
    switch (expression.kind) {
      case 'reference':
        return reference(expression.steps);
      case 'not':
        return !truthy(value(expression.of));
      case 'binary': {
        const { operator, left, right } = expression;
        if (operator === '&&') return truthy(value(left)) && truthy(value(right));
        if (operator === '||') return truthy(value(left)) || truthy(value(right));
        const equal = String(value(left)) === String(value(right));
        return operator === '==' ? equal : !equal;
      }
      default:
        return expression.value;
    }
  };

  const run = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.kind === 'literal') text += node.text;
      else if (node.kind === 'print') text += String(value(node.reference) ?? node.reference.source);
      else if (node.kind === 'if')
        run(node.branches.find(({ condition }) => !condition || truthy(value(condition)))?.body ?? []);
      else {
        const [first = '', , kind, header = ''] = node.target;
        if (node.target.length === 1) variables.set(first, value(node.value));
        else if (kind === 'status') status = Number(value(node.value));
        else if (kind === 'header') headers[header] = String(value(node.value));
      }
    }
  };
  run(template.nodes);
  return { text, headers, ...(status === undefined ? {} : { status }) };
}

const truthy = (value: unknown) => value !== undefined && value !== null && value !== false;
