/** Splits an expression into tokens, and words the syntax errors as AWS does: the token and its neighbours. */
import { validation } from '../errors.ts';
import type { ExpressionKind } from './ast.ts';
import { isReserved } from './reserved-words.ts';

type TokenKind = 'word' | 'name' | 'value' | 'number' | 'sign' | 'end';

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /\s*(?:([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>+\-,().[\]])|(\S))/y;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const maxBytes = 4096;
const maxOperators = 300;
const maxLevels = 32;
const largestIndex = 2 ** 31 - 1;
/** More than the operators allowed can make use of: only then is it deeper. */
const maxDepth = 350;

const kinds: readonly TokenKind[] = ['word', 'name', 'value', 'number', 'sign'];

/** Over the tokens of one expression; collects the placeholders met. */
export class Cursor {
  readonly kind: ExpressionKind;
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #operators = 0;
  #depth = 0;
  #reserved: string | undefined;

  constructor(kind: ExpressionKind, text: string) {
    this.kind = kind;
    this.#text = text;
    if (text === '') throw this.error('The expression can not be empty;');
    const size = Buffer.byteLength(text);
    if (size > maxBytes)
      throw this.error(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
    pattern.lastIndex = 0;
    for (;;) {
      const found = pattern.exec(text);
      if (!found) break;
      const index = found.slice(1).findIndex((group) => group !== undefined);
      const token = found[index + 1] ?? '';
      const end = pattern.lastIndex;
      this.#tokens.push({ kind: kinds[index] ?? 'sign', text: token, start: end - token.length, end });
      if (index >= kinds.length) {
        this.#at = this.#tokens.length - 1;
        throw this.syntaxError();
      }
      if (end === text.length) break;
    }
    const end = this.#tokens.at(-1)?.end ?? 0;
    this.#tokens.push({ kind: 'end', text: '<EOF>', start: end, end });
  }

  get token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '<EOF>', start: 0, end: 0 };
  }

  get following(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  next(): Token {
    const { token } = this;
    this.#at++;
    return token;
  }

  /** Is the token this sign, or this keyword in any case? */
  is(text: string): boolean {
    const { token } = this;
    return token.kind === 'word' ? token.text.toUpperCase() === text : token.text === text;
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.syntaxError();
  }

  /** A reserved word is only complained about where the syntax is right. */
  end(): void {
    if (this.token.kind !== 'end') throw this.syntaxError();
    if (this.#reserved !== undefined)
      throw this.error(`Attribute name is a reserved keyword; reserved keyword: ${this.#reserved}`);
  }

  /** Counts what AWS counts: comparators, AND, OR, NOT, BETWEEN, IN, + and -; functions and parentheses are free. */
  operator(): void {
    this.#operators++;
    if (this.#operators > maxOperators)
      throw this.error(`The expression contains too many operators; operator count: ${this.#operators}`);
  }

  /** Reads what is nested, unless it is so deep that the stack might not hold it. */
  nested<T>(read: () => T, problem: string): T {
    if (this.#depth >= maxDepth) throw this.error(problem);
    this.#depth++;
    const node = read();
    this.#depth--;
    return node;
  }

  error(problem: string) {
    return validation(`Invalid ${this.kind}: ${problem}`);
  }

  syntaxError() {
    const { token } = this;
    const from = this.#tokens[this.#at - 1]?.start ?? token.start;
    const to =
      token.kind === 'end' ? token.end : (this.#tokens[this.#at + 1]?.end ?? this.#following(token.end));
    return this.error(`Syntax error; token: "${token.text}", near: "${this.#text.slice(from, to)}"`);
  }

  /** Where the token after an unreadable one ends; those were not split any more. */
  #following(from: number): number {
    pattern.lastIndex = from;
    return pattern.exec(this.#text) ? pattern.lastIndex : this.#text.length;
  }

  /** A document path: `a.#b[0].c`. */
  path(): (string | number)[] {
    const path: (string | number)[] = [this.#element()];
    for (;;) {
      if (this.accept('.')) path.push(this.#element());
      else if (this.accept('[')) {
        if (this.token.kind !== 'number') throw this.syntaxError();
        const index = this.next().text;
        if (Number(index) > largestIndex)
          throw this.error(`List index is not within the allowable range; index: [${index}]`);
        path.push(Number(index));
        this.expect(']');
      } else break;
    }
    if (path.length > maxLevels)
      throw this.error(`The document path has too many nesting levels; nesting levels: ${path.length}`);
    return path;
  }

  #element(): string {
    const { token } = this;
    if (token.kind === 'name') this.names.add(token.text);
    else if (token.kind !== 'word') throw this.syntaxError();
    else if (isReserved(token.text)) this.#reserved ??= token.text;
    return this.next().text;
  }

  value(): string {
    if (this.token.kind !== 'value') throw this.syntaxError();
    this.values.add(this.token.text);
    return this.next().text;
  }
}
