/**
 * Reads a template of Apache Velocity 1.7, the language of API Gateway's mapping templates.
 * https://velocity.apache.org/engine/1.7/vtl-reference.html
 *
 * Refused by name: #macro, #parse, #include, #evaluate, #define, which have no use there, and methods that
 * ./methods.ts does not have. velocityjs (MIT) was weighed: it calls whatever method JavaScript's own objects have.
 */
import { isKnownMethod } from './methods.ts';
import type { Branch, Expression, Node, Operator, Reference, Step } from './syntax.ts';

/** What cannot be read, said so that it fits before "in mapping templates". */
export class TemplateSyntaxError extends Error {}

/** How deep blocks, brackets and operators may be inside one another. */
const deepest = 100;

/** Names have hyphens in Velocity: `$context.responseOverride.header.Access-Control-Allow-Origin`. */
const name = /[A-Za-z_][\w-]*/y;
const ended = /#(?:end|else|elseif|\{(?:end|else|elseif)\})/y;

const wordOperators: Readonly<Record<string, Operator>> = {
  or: '||',
  and: '&&',
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

/** From the loosest to the tightest. */
const levels: readonly (readonly [RegExp, string])[] = [
  [/\s*(?:\|\||or\b)/y, 'or'],
  [/\s*(?:&&|and\b)/y, 'and'],
  [/\s*(?:==|!=|eq\b|ne\b)/y, 'equality'],
  [/\s*(?:<=|>=|<|>|lt\b|le\b|gt\b|ge\b)/y, 'order'],
  [/\s*(?:\+|-)/y, 'sum'],
  [/\s*(?:\*|\/|%)/y, 'product'],
];

/** @throws TemplateSyntaxError */
export const parseVelocity = (text: string): readonly Node[] => new Parser(text).whole();

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Node[] {
    const nodes = this.#block();
    if (this.#at < this.#text.length) throw new TemplateSyntaxError('#end or #else without #if or #foreach');
    return nodes;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #expect(token: string): void {
    this.#match(/\s*/y);
    if (!this.#text.startsWith(token, this.#at))
      throw new TemplateSyntaxError(
        this.#at < this.#text.length
          ? `"${this.#text.slice(this.#at, this.#at + 20)}" where ${token} was expected`
          : `the end of the template where ${token} was expected`,
      );
    this.#at += token.length;
  }

  /** What is inside of something else is read by methods that call one another. */
  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest)
      throw new TemplateSyntaxError(`more than ${deepest} levels inside one another`);
    const found = read();
    this.#depth--;
    return found;
  }

  /** Up to the end of the text, or to the #end, #else or #elseif of who asked. */
  #block(): Node[] {
    const nodes: Node[] = [];
    const literal = (text: string) => nodes.push({ kind: 'literal', text });
    while (this.#at < this.#text.length && !this.#sees(ended)) {
      const plain = this.#match(/[^#$\\]+/y);
      if (plain !== undefined) literal(plain);
      else if (this.#match(/##[^\n]*\n?/y) !== undefined || this.#match(/#\*[\s\S]*?\*#/y) !== undefined)
        continue;
      else if (this.#sees(/#\[\[/y))
        literal((this.#match(/#\[\[[\s\S]*?\]\]#/y) ?? this.#unclosed('#[[')).slice(3, -3));
      else if (this.#text[this.#at] === '#') nodes.push(this.#directive());
      else if (this.#text[this.#at] === '\\') nodes.push(this.#escape());
      else {
        const start = this.#at;
        const reference = this.#reference();
        if (reference) nodes.push({ kind: 'print', reference });
        else {
          this.#at = start + 1;
          literal('$');
        }
      }
    }
    return nodes;
  }

  #unclosed(token: string): never {
    throw new TemplateSyntaxError(`${token} without its end`);
  }

  #escape(): Node {
    this.#at++;
    const start = this.#at;
    const reference = this.#sees(/\$/y) ? this.#reference() : undefined;
    if (reference) return { kind: 'escaped', reference };
    this.#at = start;
    return { kind: 'literal', text: '\\' };
  }

  #directive(): Node {
    const directive = this.#match(/#(?:\{[a-z]+\}|[a-z]+)/y);
    switch (directive?.replaceAll(/[#{}]/g, '')) {
      case 'set':
        return this.#set();
      case 'if':
        return this.#nested(() => this.#if());
      case 'foreach':
        return this.#nested(() => this.#foreach());
      case 'break':
        return { kind: 'break' };
      case 'stop':
        return { kind: 'stop' };
      case 'macro':
      case 'parse':
      case 'include':
      case 'evaluate':
      case 'define':
        throw new TemplateSyntaxError(directive);
      case undefined:
        this.#at++;
        return { kind: 'literal', text: '#' };
      default:
        return { kind: 'literal', text: directive ?? '' };
    }
  }

  #restOfLine(): void {
    this.#match(/[ \t]*\r?\n/y);
  }

  #set(): Node {
    this.#expect('(');
    this.#match(/\s*/y);
    const target = this.#reference();
    if (!target) throw new TemplateSyntaxError(`#set of "${this.#text.slice(this.#at, this.#at + 20)}"`);
    if (target.steps.some(({ kind }) => kind === 'call'))
      throw new TemplateSyntaxError(`#set of ${target.source}`);
    this.#expect('=');
    const value = this.#expression();
    this.#expect(')');
    this.#restOfLine();
    return { kind: 'set', target, value };
  }

  #condition(): Expression {
    this.#expect('(');
    const condition = this.#expression();
    this.#expect(')');
    return condition;
  }

  #if(): Node {
    const branches: Branch[] = [];
    let condition: Expression | undefined = this.#condition();
    for (;;) {
      this.#restOfLine();
      branches.push({ condition, body: this.#block() });
      if (this.#match(/#(?:elseif\b|\{elseif\})/y) !== undefined) condition = this.#condition();
      else if (this.#match(/#(?:else\b|\{else\})/y) !== undefined) condition = undefined;
      else {
        this.#end('#if');
        return { kind: 'if', branches };
      }
    }
  }

  #end(of: string): void {
    if (this.#match(/#(?:end|\{end\})/y) === undefined) throw new TemplateSyntaxError(`${of} without #end`);
    this.#restOfLine();
  }

  #foreach(): Node {
    this.#expect('(');
    this.#match(/\s*\$!?\{?/y);
    const one = this.#match(name);
    this.#match(/\}?\s+in\b/y);
    const of = this.#expression();
    this.#expect(')');
    if (one === undefined) throw new TemplateSyntaxError('#foreach without a name');
    this.#restOfLine();
    const body = this.#block();
    this.#end('#foreach');
    return { kind: 'foreach', name: one, of, body };
  }

  #expression(level = 0): Expression {
    const [pattern] = levels[level] ?? [];
    if (!pattern) return this.#nested(() => this.#operand());
    let left = this.#expression(level + 1);
    for (let found = this.#match(pattern); found !== undefined; found = this.#match(pattern)) {
      const operator = wordOperators[found.trim()] ?? (found.trim() as Operator);
      left = { kind: 'binary', operator, left, right: this.#expression(level + 1) };
    }
    return left;
  }

  #operand(): Expression {
    this.#match(/\s*/y);
    if (this.#match(/!|not\b/y) !== undefined)
      return { kind: 'not', of: this.#nested(() => this.#operand()) };
    if (this.#match(/\(/y) !== undefined) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (this.#match(/\[/y) !== undefined) return this.#list();
    if (this.#match(/\{/y) !== undefined) return this.#map();
    const single = this.#match(/'(?:[^']|'')*'/y);
    if (single !== undefined) return { kind: 'value', value: single.slice(1, -1).replaceAll("''", "'") };
    const double = this.#match(/"(?:[^"]|"")*"/y);
    if (double !== undefined) return interpolated(double.slice(1, -1).replaceAll('""', '"'));
    const number = this.#match(/-?\d+(?:\.\d+)?(?![.\d]*\w)/y) ?? this.#match(/-?\d+/y);
    if (number !== undefined) return { kind: 'value', value: Number(number) };
    const word = this.#match(/(?:true|false)\b/y);
    if (word !== undefined) return { kind: 'value', value: word === 'true' };
    const reference = this.#reference();
    if (reference) return reference;
    throw new TemplateSyntaxError(`the expression "${this.#text.slice(this.#at, this.#at + 20)}"`);
  }

  /** Also a range, `[1..5]`. */
  #list(): Expression {
    const items = this.#items(']', () => {
      const from = this.#expression();
      if (this.#match(/\s*\.\./y) === undefined) return from;
      return { kind: 'range', from, to: this.#expression() } as const;
    });
    const [only] = items;
    return items.length === 1 && only?.kind === 'range' ? only : { kind: 'list', items };
  }

  #map(): Expression {
    const entries = this.#items('}', () => {
      const key = this.#expression();
      this.#expect(':');
      return [key, this.#expression()] as const;
    });
    return { kind: 'map', entries };
  }

  #items<T>(close: string, read: () => T): T[] {
    const items: T[] = [];
    this.#match(/\s*/y);
    if (!this.#text.startsWith(close, this.#at))
      do items.push(read());
      while (this.#match(/\s*,/y) !== undefined);
    this.#expect(close);
    return items;
  }

  #reference(): Reference | undefined {
    const start = this.#at;
    const opening = this.#match(/\$!?\{?/y);
    if (opening === undefined) return undefined;
    const first = this.#match(name);
    if (first === undefined) {
      this.#at = start;
      return undefined;
    }
    const steps = this.#nested(() => this.#steps());
    if (opening.endsWith('{')) this.#expect('}');
    const source = this.#text.slice(start, this.#at);
    return { kind: 'reference', source, quiet: opening.startsWith('$!'), name: first, steps };
  }

  #steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.#sees(/\.[A-Za-z_]/y)) {
        this.#at++;
        const step = this.#match(name) ?? '';
        if (this.#match(/\(/y) === undefined) steps.push({ kind: 'property', name: step });
        else {
          if (!isKnownMethod(step)) throw new TemplateSyntaxError(`the method ${step}()`);
          steps.push({ kind: 'call', name: step, args: this.#items(')', () => this.#expression()) });
        }
      } else if (this.#sees(/\[\s*(?:-?\d|["'$])/y)) {
        const before = this.#at;
        this.#at++;
        const index = this.#expression();
        // `$list[$i]` is an element; `$name[…` in running text is not.
        if (this.#match(/\s*\]/y) === undefined) {
          this.#at = before;
          return steps;
        }
        steps.push({ kind: 'index', index });
      } else return steps;
    }
  }
}

function interpolated(text: string): Expression {
  if (!/[$#]/.test(text)) return { kind: 'value', value: text };
  return { kind: 'text', nodes: new Parser(text).whole() };
}
