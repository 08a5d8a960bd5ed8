/**
 * Metric math: ids, numbers, strings, + - * / ^, comparisons, AND OR, and calls. Which functions there are is
 * in ./evaluate.ts. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
import { validation } from '../errors.ts';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'id'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'minus'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

const token =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|"([^"]*)"|'([^']*)'|([A-Za-z][A-Za-z0-9_]*)|(&&|\|\||==|!=|<=|>=|[-+*/^<>(),[\]]))/y;

const levels: readonly (readonly string[])[] = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

export function parseExpression(source: string): Expression {
  const wrong = (why: string) => validation(`Error in expression '${source}': ${why}`);
  const tokens: { kind: 'number' | 'text' | 'name' | 'sign'; value: string }[] = [];
  token.lastIndex = 0;
  while (source.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const found = token.exec(source);
    if (!found) throw wrong(`unexpected ${source.slice(at).trim()[0]}`);
    const [, number, double, single, name, sign] = found;
    const text = double ?? single;
    if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (text !== undefined) tokens.push({ kind: 'text', value: text });
    else if (name !== undefined)
      tokens.push({ kind: name === 'AND' || name === 'OR' ? 'sign' : 'name', value: name });
    else tokens.push({ kind: 'sign', value: sign ?? '' });
  }
  let at = 0;
  const sign = (...values: string[]): string | undefined => {
    const next = tokens[at];
    if (next?.kind !== 'sign' || !values.includes(next.value)) return undefined;
    at++;
    return next.value;
  };
  const expect = (value: string) => {
    if (!sign(value)) throw wrong(`expected ${value}`);
  };
  const binary = (level: number): Expression => {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (let operator = sign(...operators); operator; operator = sign(...operators))
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    return left;
  };
  let depth = 0;
  /** Everything that is inside of something else is read through it. */
  const unary = (): Expression => {
    if (++depth > 100) throw wrong('it is nested deeper than 100 levels');
    const read: Expression = sign('-') ? { kind: 'minus', of: unary() } : primary();
    depth--;
    return read;
  };
  const until = (close: string): Expression[] => {
    const items: Expression[] = [];
    if (sign(close)) return items;
    do items.push(binary(0));
    while (sign(','));
    expect(close);
    return items;
  };
  const primary = (): Expression => {
    if (sign('(')) {
      const inner = binary(0);
      expect(')');
      return inner;
    }
    if (sign('[')) return { kind: 'list', items: until(']') };
    const next = tokens[at++];
    if (next?.kind === 'number') return { kind: 'number', value: Number(next.value) };
    if (next?.kind === 'text') return { kind: 'text', value: next.value };
    if (next?.kind !== 'name') throw wrong(next ? `unexpected ${next.value}` : 'it ends too early');
    if (sign('(')) return { kind: 'call', name: next.value.toUpperCase(), args: until(')') };
    return { kind: 'id', name: next.value };
  };
  const result = binary(0);
  if (at < tokens.length) throw wrong(`unexpected ${tokens[at]?.value}`);
  return result;
}

/** The ids an expression names; METRICS() names all. */
export function idsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'id':
      return [expression.name];
    case 'call':
      return expression.args.flatMap(idsOf);
    case 'list':
      return expression.items.flatMap(idsOf);
    case 'minus':
      return idsOf(expression.of);
    case 'binary':
      return [...idsOf(expression.left), ...idsOf(expression.right)];
    default:
      return [];
  }
}
