/**
 * Update expressions: binding, and applying to an item. Every operand is read from the item as it was.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
import { validation } from '../errors.ts';
import { setKeys } from '../values/compare.ts';
import { addNumbers, subtractNumbers } from '../values/number.ts';
import { attribute, contentOf, define, type Item, typeOf, type Value } from '../values/types.ts';
import type { Parsed, Path, RawNode, RawSetValue, RawUpdate, SetValue, Update } from './ast.ts';
import { valueAt } from './evaluate.ts';
import { checkPaths } from './paths.ts';
import { bindPath, bindValue, type Placeholders } from './placeholders.ts';

const invalid = (problem: string) => validation(`Invalid UpdateExpression: ${problem}`);

const longNames: Readonly<Record<string, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  L: 'LIST',
  M: 'MAP',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
};

export function bindUpdate(parsed: Parsed<RawUpdate>, placeholders: Placeholders): Update {
  const { root } = parsed;
  const update: Update = {
    set: root.set.map(({ path, value }) => ({
      path: bindPath(path, placeholders),
      value: bindSetValue(value, placeholders),
    })),
    remove: root.remove.map((path) => bindPath(path, placeholders)),
    add: root.add.map(bindSection('ADD', ['N', 'SS', 'NS', 'BS'], placeholders)),
    delete: root.delete.map(bindSection('DELETE', ['SS', 'NS', 'BS'], placeholders)),
  };
  checkPaths('UpdateExpression', pathsOf(update));
  return update;
}

const bindSection =
  (operator: string, types: readonly string[], placeholders: Placeholders) =>
  ({ path, value: name }: { path: Path; value: string }) => {
    const value = bindValue(name, placeholders);
    if (!types.includes(typeOf(value)))
      throw invalid(
        `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${longNames[typeOf(value)]}`,
      );
    return { path: bindPath(path, placeholders), value };
  };

function bindSetValue(node: RawSetValue | RawNode, placeholders: Placeholders): SetValue {
  switch (node.kind) {
    case 'path':
      return { kind: 'path', path: bindPath(node.path, placeholders) };
    case 'value':
      return { kind: 'value', value: bindValue(node.name, placeholders) };
    case 'arithmetic': {
      const left = bindSetValue(node.left, placeholders);
      const right = bindSetValue(node.right, placeholders);
      for (const side of [left, right]) checkLiteral(node.operator, side, 'N');
      return { kind: 'arithmetic', operator: node.operator, left, right };
    }
    case 'function': {
      const { name, args } = node;
      if (name !== 'if_not_exists' && name !== 'list_append')
        throw invalid(
          [
            'size',
            'attribute_exists',
            'attribute_not_exists',
            'attribute_type',
            'begins_with',
            'contains',
          ].includes(name)
            ? `The function is not allowed in an update expression; function: ${name}`
            : `Invalid function name; function: ${name}`,
        );
      const [first, second] = args;
      if (!first || !second || args.length !== 2)
        throw invalid(
          `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
        );
      const left = bindSetValue(first, placeholders);
      const right = bindSetValue(second, placeholders);
      if (name === 'list_append') {
        for (const side of [left, right])
          if (side.kind === 'list_append')
            throw invalid(
              `The function is not allowed to be used this way in an expression; function: ${name}`,
            );
        for (const side of [left, right]) checkLiteral(name, side, 'L');
        return { kind: 'list_append', left, right };
      }
      if (left.kind !== 'path')
        throw invalid(`The operator or function requires a document path; operator or function: ${name}`);
      return { kind: 'if_not_exists', path: left.path, otherwise: right };
    }
    default:
      throw invalid('Syntax error');
  }
}

function checkLiteral(operator: string, side: SetValue, type: string): void {
  const wrong =
    side.kind === 'value' && typeOf(side.value) !== type
      ? typeOf(side.value)
      : side.kind === 'list_append' && type === 'N'
        ? 'L'
        : undefined;
  if (wrong)
    throw invalid(
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${wrong}`,
    );
}

export const pathsOf = (update: Update): Path[] => [
  ...update.set.map(({ path }) => path),
  ...update.remove,
  ...update.add.map(({ path }) => path),
  ...update.delete.map(({ path }) => path),
];

const wrongData = 'An operand in the update expression has an incorrect data type';

/**
 * Whether the update leaves it at that when there is no item: one that only takes away makes none, while one without
 * any action makes an item of the key alone.
 */
export const onlyTakesAway = ({ set, add, remove, delete: from }: Update): boolean =>
  set.length + add.length === 0 && remove.length + from.length > 0;

/** @returns a new item; the one given is not changed */
export function applyUpdate(update: Update, item: Item): Item {
  const mismatch = update.mismatch ?? wrongData;
  const sets = update.set.map(({ path, value }) => ({ path, value: setValue(value, item) }));
  let out = item;
  // Sets beyond a list's end are appended in the order of their indexes.
  for (const { path, value } of sets.sort((a, b) => lastIndex(a.path) - lastIndex(b.path)))
    out = change(out, path, () => value);
  for (const { path, value } of update.add) out = change(out, path, (old) => added(old, value, mismatch));
  for (const { path, value } of update.delete)
    out = change(out, path, (old) => without(old, value, mismatch));
  // From the back of each list, so that the indexes written still hold; after the sets, which do not shift them.
  for (const path of [...update.remove].sort((a, b) => comparePaths(b, a)))
    out = change(out, path, () => undefined);
  return out;
}

const lastIndex = (path: Path) => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
};

function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i];
    const y = b[i];
    if (x === y) continue;
    if (typeof x === 'number' && typeof y === 'number') return x - y;
    return String(x) < String(y) ? -1 : 1;
  }
  return a.length - b.length;
}

function setValue(node: SetValue, item: Item): Value {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'path': {
      const value = valueAt(item, node.path);
      if (!value)
        throw validation('The provided expression refers to an attribute that does not exist in the item');
      return value;
    }
    case 'if_not_exists':
      return valueAt(item, node.path) ?? setValue(node.otherwise, item);
    case 'list_append': {
      const left = setValue(node.left, item);
      const right = setValue(node.right, item);
      if (!('L' in left && 'L' in right)) throw validation(wrongData);
      return { L: [...left.L, ...right.L] };
    }
    case 'arithmetic': {
      const left = setValue(node.left, item);
      const right = setValue(node.right, item);
      if (!('N' in left && 'N' in right)) throw validation(wrongData);
      return { N: (node.operator === '+' ? addNumbers : subtractNumbers)(left.N, right.N) };
    }
  }
}

function added(old: Value | undefined, value: Value, mismatch: string): Value {
  if (!old) return value;
  if ('N' in old && 'N' in value) return { N: addNumbers(old.N, value.N) };
  if (typeOf(old) !== typeOf(value) || 'N' in value) throw validation(mismatch);
  const known = new Set(setKeys(old));
  const keys = setKeys(value);
  const members = contentOf(value) as unknown[];
  return {
    [typeOf(old)]: [...(contentOf(old) as unknown[]), ...members.filter((_, i) => !known.has(keys[i] ?? ''))],
  } as unknown as Value;
}

function without(old: Value | undefined, value: Value, mismatch: string): Value | undefined {
  if (!old) return undefined;
  if (typeOf(old) !== typeOf(value)) throw validation(mismatch);
  const gone = new Set(setKeys(value));
  const keys = setKeys(old);
  const rest = (contentOf(old) as unknown[]).filter((_, i) => !gone.has(keys[i] ?? ''));
  return rest.length > 0 ? ({ [typeOf(old)]: rest } as unknown as Value) : undefined;
}

const invalidPath = () =>
  validation('The document path provided in the update expression is invalid for update');

type Change = (old: Value | undefined) => Value | undefined;

/** Copies what lies on the way. */
function change(item: Item, [first, ...rest]: Path, make: Change): Item {
  const name = String(first);
  const old = attribute(item, name);
  const value = rest.length === 0 ? make(old) : changeInside(old, rest, make);
  if (value === old) return item;
  const out: Record<string, Value> = { ...item };
  if (value) define(out, name, value);
  else delete out[name];
  return out;
}

function changeInside(container: Value | undefined, path: Path, make: Change): Value {
  if (!container) throw invalidPath();
  const [first, ...rest] = path;
  if (typeof first === 'string') {
    if (!('M' in container)) throw invalidPath();
    return { M: change(container.M, path, make) };
  }
  if (!('L' in container) || first === undefined) throw invalidPath();
  const old = container.L[first];
  const value = rest.length === 0 ? make(old) : changeInside(old, rest, make);
  if (value === undefined) return old ? { L: container.L.toSpliced(first, 1) } : container;
  const L = [...container.L];
  L[Math.min(first, L.length)] = value;
  return { L };
}
