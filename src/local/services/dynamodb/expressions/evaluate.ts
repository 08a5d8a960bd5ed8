/** Does an item meet a condition? */
import { compareValues, equalValues, setKeys } from '../values/compare.ts';
import { attribute, contentOf, type Item, typeOf, type Value } from '../values/types.ts';
import type { Condition, Operand, Path } from './ast.ts';

export function valueAt(item: Item, path: Path): Value | undefined {
  let value: Value | undefined;
  for (let i = 0; i < path.length; i++) {
    const part = path[i];
    if (i === 0) value = attribute(item, String(part));
    else if (typeof part === 'number') value = value && 'L' in value ? value.L[part] : undefined;
    else value = value && 'M' in value ? attribute(value.M, String(part)) : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

function operandValue(operand: Operand, item: Item): Value | undefined {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path':
      return valueAt(item, operand.path);
    case 'size': {
      const value = operandValue(operand.operand, item);
      const size = value && sizeOf(value);
      return size === undefined ? undefined : { N: String(size) };
    }
  }
}

function sizeOf(value: Value): number | undefined {
  if ('S' in value) return value.S.length;
  if ('B' in value) return value.B.length;
  if ('M' in value) return Object.keys(value.M).length;
  if ('N' in value || 'BOOL' in value || 'NULL' in value) return undefined;
  return (contentOf(value) as unknown[]).length;
}

export function meets(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return meets(condition.left, item) && meets(condition.right, item);
    case 'or':
      return meets(condition.left, item) || meets(condition.right, item);
    case 'not':
      return !meets(condition.inner, item);
    case 'compare': {
      const left = operandValue(condition.left, item);
      const right = operandValue(condition.right, item);
      if (condition.operator === '<>') return !(left && right && equalValues(left, right));
      if (!left || !right) return false;
      if (condition.operator === '=') return equalValues(left, right);
      const order = compareValues(left, right);
      if (order === undefined) return false;
      switch (condition.operator) {
        case '<':
          return order < 0;
        case '<=':
          return order <= 0;
        case '>':
          return order > 0;
        case '>=':
          return order >= 0;
      }
      return false;
    }
    case 'between': {
      const value = operandValue(condition.operand, item);
      const low = operandValue(condition.low, item);
      const high = operandValue(condition.high, item);
      if (!value || !low || !high) return false;
      const below = compareValues(low, value);
      const above = compareValues(value, high);
      return below !== undefined && above !== undefined && below <= 0 && above <= 0;
    }
    case 'in': {
      const value = operandValue(condition.operand, item);
      return (
        value !== undefined &&
        condition.options.some((option) => {
          const other = operandValue(option, item);
          return other !== undefined && equalValues(value, other);
        })
      );
    }
    case 'test': {
      const [first, second] = condition.args.map((arg) => operandValue(arg, item));
      switch (condition.name) {
        case 'attribute_exists':
          return first !== undefined;
        case 'attribute_not_exists':
          return first === undefined;
        case 'attribute_type':
          return first !== undefined && second !== undefined && typeOf(first) === contentOf(second);
        case 'begins_with':
          return first !== undefined && second !== undefined && beginsWith(first, second);
        case 'contains':
          return first !== undefined && second !== undefined && contains(first, second);
      }
    }
  }
}

export function beginsWith(value: Value, prefix: Value): boolean {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if ('B' in value && 'B' in prefix)
    return Buffer.compare(value.B.subarray(0, prefix.B.length), prefix.B) === 0;
  return false;
}

function contains(value: Value, part: Value): boolean {
  if ('S' in value) return 'S' in part && value.S.includes(part.S);
  if ('B' in value) return 'B' in part && Buffer.from(value.B).includes(Buffer.from(part.B));
  if ('L' in value) return value.L.some((item) => equalValues(item, part));
  if ('SS' in value) return 'S' in part && value.SS.includes(part.S);
  if ('NS' in value) return 'N' in part && value.NS.includes(part.N);
  if ('BS' in value) return 'B' in part && setKeys(value).includes(Buffer.from(part.B).toString('base64'));
  return false;
}
