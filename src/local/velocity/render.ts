/** Runs a template over the values that it is given. */
import { callMethod, longestText } from './methods.ts';
import { parseVelocity, TemplateSyntaxError } from './parse.ts';
import type { Expression, Node, Operator, Reference } from './syntax.ts';
import { isHost, isMap, isTrue, toText, type Value } from './values.ts';

export type Template =
  | { readonly kind: 'template'; readonly nodes: readonly Node[] }
  | { readonly kind: 'unsupported'; readonly what: string };

/** A template that cannot go on: too many steps, too long a text. */
export class TemplateError extends Error {}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: iterations of one #foreach */
const mostIterations = 1000;
/** Loops inside loops would hold up everybody else. */
const mostSteps = 1_000_000;
const longestRange = 10_000;

const known = new Map<string, Template>();

export function parseTemplate(text: string): Template {
  let parsed = known.get(text);
  if (!parsed) {
    try {
      parsed = { kind: 'template', nodes: parseVelocity(text) };
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error;
      parsed = { kind: 'unsupported', what: error.message };
    }
    if (known.size >= 500) known.clear();
    known.set(text, parsed);
  }
  return parsed;
}

type Ended = 'break' | 'stop' | undefined;

/**
 * @param given the values that are there from the start, by name
 * @throws TemplateError
 */
export function renderTemplate(template: Template, given: ReadonlyMap<string, Value>): string {
  if (template.kind === 'unsupported') throw new Error(`a template with ${template.what} was accepted`);
  const run = new Run(new Map(given));
  run.nodes(template.nodes);
  return run.text;
}

class Run {
  readonly #variables: Map<string, Value>;
  #text = '';
  #steps = 0;

  constructor(variables: Map<string, Value>) {
    this.#variables = variables;
  }

  get text(): string {
    return this.#text;
  }

  #write(text: string): void {
    this.#text += text;
    if (this.#text.length > longestText)
      throw new TemplateError(`the text has more than ${longestText} characters`);
  }

  nodes(nodes: readonly Node[]): Ended {
    for (const node of nodes) {
      if (++this.#steps > mostSteps) throw new TemplateError(`more than ${mostSteps} steps`);
      const ended = this.#node(node);
      if (ended) return ended;
    }
    return undefined;
  }

  #node(node: Node): Ended {
    switch (node.kind) {
      case 'literal':
        this.#write(node.text);
        return undefined;
      case 'print':
        this.#write(this.#printed(node.reference));
        return undefined;
      case 'escaped': {
        const { reference } = node;
        this.#write(this.#reference(reference) === undefined ? `\\${reference.source}` : reference.source);
        return undefined;
      }
      case 'set':
        this.#set(node.target, this.#value(node.value));
        return undefined;
      case 'if': {
        const branch = node.branches.find(({ condition }) => !condition || isTrue(this.#value(condition)));
        return branch && this.nodes(branch.body);
      }
      case 'foreach':
        return this.#foreach(node.name, this.#value(node.of), node.body);
      default:
        return node.kind;
    }
  }

  #printed(reference: Reference): string {
    const value = this.#reference(reference);
    if (value !== undefined && value !== null) return toText(value);
    return reference.quiet ? '' : reference.source;
  }

  #foreach(name: string, of: Value, body: readonly Node[]): Ended {
    const items: readonly Value[] = Array.isArray(of) ? [...of] : isMap(of) ? [...of.values()] : [];
    if (items.length > mostIterations)
      throw new TemplateError(`#foreach over more than ${mostIterations} items`);
    const before = [name, 'foreach', 'velocityCount'].map((one) => [one, this.#variables.get(one)] as const);
    let ended: Ended;
    for (const [index, item] of items.entries()) {
      this.#variables.set(name, item);
      this.#variables.set('velocityCount', index + 1);
      this.#variables.set('foreach', loopState(index, items.length));
      ended = this.nodes(body);
      if (ended) break;
    }
    for (const [one, value] of before) this.#variables.set(one, value);
    return ended === 'stop' ? ended : undefined;
  }

  /** Nothing is set to nothing: Velocity keeps what was there. */
  #set({ name, steps }: Reference, value: Value): void {
    if (value === undefined || value === null) return;
    if (steps.length === 0) {
      this.#variables.set(name, value);
      return;
    }
    const path = steps.map((step) => (step.kind === 'index' ? toText(this.#value(step.index)) : step.name));
    let holder: Value = this.#variables.get(name);
    if (isHost(holder)) {
      holder.set?.(path, value);
      return;
    }
    for (const key of path.slice(0, -1)) holder = property(holder, key);
    const last = path.at(-1) ?? '';
    if (isMap(holder)) holder.set(last, value);
    else if (Array.isArray(holder) && Number(last) < holder.length) (holder as Value[])[Number(last)] = value;
  }

  #reference({ name, steps }: Reference): Value {
    let value = this.#variables.get(name);
    for (const step of steps) {
      if (value === undefined || value === null) return undefined;
      if (step.kind === 'property') value = property(value, step.name);
      else if (step.kind === 'index') value = property(value, toText(this.#value(step.index)));
      else
        value = callMethod(
          value,
          step.name,
          step.args.map((arg) => this.#value(arg)),
        );
    }
    return value;
  }

  #value(expression: Expression): Value {
    if (++this.#steps > mostSteps) throw new TemplateError(`more than ${mostSteps} steps`);
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'reference':
        return this.#reference(expression);
      case 'text': {
        const outer = this.#text;
        this.#text = '';
        this.nodes(expression.nodes);
        const inner = this.#text;
        this.#text = outer;
        return inner;
      }
      case 'list':
        return expression.items.map((item) => this.#value(item));
      case 'map':
        return new Map(
          expression.entries.map(([key, value]) => [toText(this.#value(key)), this.#value(value)]),
        );
      case 'range':
        return range(Number(this.#value(expression.from)), Number(this.#value(expression.to)));
      case 'not':
        return !isTrue(this.#value(expression.of));
      case 'binary':
        return this.#binary(expression.operator, expression.left, expression.right);
    }
  }

  #binary(operator: Operator, leftOf: Expression, rightOf: Expression): Value {
    const left = this.#value(leftOf);
    if (operator === '&&') return isTrue(left) && isTrue(this.#value(rightOf));
    if (operator === '||') return isTrue(left) || isTrue(this.#value(rightOf));
    const right = this.#value(rightOf);
    if (operator === '==') return equal(left, right);
    if (operator === '!=') return !equal(left, right);
    if (operator === '+' && (typeof left === 'string' || typeof right === 'string'))
      return left === undefined || right === undefined ? undefined : toText(left) + toText(right);
    return typeof left === 'number' && typeof right === 'number'
      ? calculate(operator, left, right)
      : undefined;
  }
}

/** Of different classes, what they are written as counts. */
const equal = (left: Value, right: Value): boolean =>
  left === undefined || left === null || right === undefined || right === null
    ? (left ?? null) === (right ?? null)
    : left === right || toText(left) === toText(right);

/** Of two integers an integer, as in Java; nothing is divided by zero. */
function calculate(operator: Operator, left: number, right: number): Value {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) return undefined;
      return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(left / right) : left / right;
    default:
      return right === 0 ? undefined : left % right;
  }
}

function range(from: number, to: number): Value {
  if (!Number.isInteger(from) || !Number.isInteger(to)) return undefined;
  const length = Math.abs(to - from) + 1;
  if (length > longestRange) throw new TemplateError(`a range of more than ${longestRange} numbers`);
  return Array.from({ length }, (_, i) => (from <= to ? from + i : from - i));
}

function property(value: Value, name: string): Value {
  if (isHost(value)) return value.property(name);
  if (isMap(value)) return value.get(name);
  // As of any bean: `$text.empty` is `$text.isEmpty()`.
  if (name === 'empty') return callMethod(value, 'isEmpty', []);
  return Array.isArray(value) && /^\d+$/.test(name) ? (value[Number(name)] as Value) : undefined;
}

const loopState = (index: number, length: number): Value =>
  new Map<string, Value>([
    ['index', index],
    ['count', index + 1],
    ['hasNext', index < length - 1],
    ['first', index === 0],
    ['last', index === length - 1],
  ]);
