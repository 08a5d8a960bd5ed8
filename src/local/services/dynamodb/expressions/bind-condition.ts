/** Puts a request's names and values into a parsed condition, and checks what can be checked before any item. */
import { validation } from '../errors.ts';
import { compareValues } from '../values/compare.ts';
import { contentOf, typeOf, type Value, type ValueType } from '../values/types.ts';
import {
  type Condition,
  type ExpressionKind,
  type Operand,
  type Parsed,
  type Path,
  type RawNode,
  showPath,
  type Test,
  tests,
} from './ast.ts';
import { bindPath, bindValue, type Placeholders } from './placeholders.ts';

const attributeTypes: readonly string[] = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];
const argumentCount: Readonly<Record<Test | 'size', number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

export function bindCondition(parsed: Parsed<RawNode>, placeholders: Placeholders): Condition {
  return condition(parsed.root, { kind: parsed.kind, placeholders });
}

interface Binding {
  readonly kind: ExpressionKind;
  readonly placeholders: Placeholders;
}

const invalid = ({ kind }: Binding, problem: string) => validation(`Invalid ${kind}: ${problem}`);

const wrongType = (binding: Binding, name: string, type: string) =>
  invalid(
    binding,
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );

function condition(node: RawNode, binding: Binding): Condition {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, left: condition(node.left, binding), right: condition(node.right, binding) };
    case 'not':
      return { kind: 'not', inner: condition(node.inner, binding) };
    case 'compare': {
      const left = operand(node.left, binding);
      const right = operand(node.right, binding);
      checkDistinct(node.operator, [left, right], binding);
      if (node.operator !== '=' && node.operator !== '<>')
        for (const side of [left, right]) checkOrdered(node.operator, side, binding);
      return { kind: 'compare', operator: node.operator, left, right };
    }
    case 'between': {
      const bound = {
        kind: 'between',
        operand: operand(node.operand, binding),
        low: operand(node.low, binding),
        high: operand(node.high, binding),
      } as const;
      for (const side of [bound.operand, bound.low, bound.high]) checkOrdered('BETWEEN', side, binding);
      checkBounds(bound.low, bound.high, binding);
      checkDistinct('BETWEEN', [bound.operand, bound.low, bound.high], binding);
      return bound;
    }
    case 'in': {
      const bound = operand(node.operand, binding);
      const options = node.options.map((option) => operand(option, binding));
      checkDistinct('IN', [bound, ...options], binding);
      if (options.length > 100)
        throw invalid(
          binding,
          `The IN operator is provided with too many operands; number of operands: ${options.length}`,
        );
      return { kind: 'in', operand: bound, options };
    }
    case 'function':
      return test(node.name, node.args, binding);
    default:
      throw invalid(binding, 'Syntax error');
  }
}

function operand(node: RawNode, binding: Binding): Operand {
  if (node.kind === 'path') return { kind: 'path', path: bindPath(node.path, binding.placeholders) };
  if (node.kind === 'value') return { kind: 'value', value: bindValue(node.name, binding.placeholders) };
  if (node.kind !== 'function') throw invalid(binding, 'Syntax error');
  checkFunction(node.name, node.args, binding);
  if (node.name !== 'size')
    throw invalid(
      binding,
      `The function is not allowed to be used this way in an expression; function: ${node.name}`,
    );
  const [first] = node.args;
  const inner = first ? operand(first, binding) : undefined;
  if (!inner) throw invalid(binding, 'Syntax error');
  if (inner.kind === 'value' && ['N', 'BOOL', 'NULL'].includes(typeOf(inner.value)))
    throw wrongType(binding, 'size', typeOf(inner.value));
  if (inner.kind === 'size') throw wrongType(binding, 'size', 'N');
  return { kind: 'size', operand: inner };
}

function checkFunction(name: string, args: readonly RawNode[], binding: Binding): void {
  if (name === 'if_not_exists' || name === 'list_append')
    throw invalid(binding, `The function is not allowed in a condition expression; function: ${name}`);
  if (!Object.hasOwn(argumentCount, name)) throw invalid(binding, `Invalid function name; function: ${name}`);
  if (args.length !== argumentCount[name as Test | 'size'])
    throw invalid(
      binding,
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
    );
}

function test(name: string, rawArgs: readonly RawNode[], binding: Binding): Condition {
  checkFunction(name, rawArgs, binding);
  const known = tests.find((one) => one === name);
  if (!known)
    throw invalid(
      binding,
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  const args = rawArgs.map((arg) => operand(arg, binding));
  const [first, second] = args;
  if ((known === 'attribute_exists' || known === 'attribute_not_exists') && first?.kind !== 'path')
    throw invalid(
      binding,
      `The operator or function requires a document path; operator or function: ${name}`,
    );
  if (known === 'attribute_type') {
    if (second?.kind !== 'value' || !('S' in second.value))
      throw wrongType(binding, name, second?.kind === 'value' ? typeOf(second.value) : '{S}');
    if (!attributeTypes.includes(second.value.S))
      throw invalid(
        binding,
        `Invalid attribute type name found; type: ${second.value.S}, valid types: {${attributeTypes.join(',')}}`,
      );
  }
  if (known === 'begins_with')
    for (const arg of args)
      if (arg.kind === 'value' && !('S' in arg.value || 'B' in arg.value))
        throw wrongType(binding, name, typeOf(arg.value));
  checkDistinct(name, args, binding);
  return { kind: 'test', name: known, args };
}

function checkDistinct(operator: string, [first, ...others]: readonly Operand[], binding: Binding): void {
  if (first?.kind !== 'path') return;
  for (const other of others)
    if (other.kind === 'path' && samePath(first.path, other.path))
      throw invalid(
        binding,
        `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${showPath(first.path)}`,
      );
}

const samePath = (a: Path, b: Path) => a.length === b.length && a.every((part, i) => part === b[i]);

const orderedTypes: readonly ValueType[] = ['S', 'N', 'B'];

function checkOrdered(operator: string, side: Operand, binding: Binding): void {
  if (side.kind === 'value' && !orderedTypes.includes(typeOf(side.value)))
    throw wrongType(binding, operator, typeOf(side.value));
}

function checkBounds(low: Operand, high: Operand, binding: Binding): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const order = compareValues(low.value, high.value);
  const bounds = `lower bound operand: AttributeValue: ${show(low.value)}, upper bound operand: AttributeValue: ${show(high.value)}`;
  if (order === undefined)
    throw invalid(
      binding,
      `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`,
    );
  if (order > 0)
    throw invalid(
      binding,
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
}

function show(value: Value): string {
  const content = contentOf(value);
  return `{${typeOf(value)}:${content instanceof Uint8Array ? Buffer.from(content).toString('base64') : String(content)}}`;
}
