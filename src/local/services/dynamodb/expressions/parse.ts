/**
 * The three grammars: conditions, updates, projections.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 * Parsed expressions are kept by text, the most recently used ones.
 */
import {
  type Comparator,
  comparators,
  type ExpressionKind,
  type Parsed,
  type Path,
  type RawNode,
  type RawOperand,
  type RawSetValue,
  type RawUpdate,
} from './ast.ts';
import { Cursor } from './tokens.ts';

const remembered = 1000;

function cached<T>(read: (cursor: Cursor) => T): (kind: ExpressionKind, text: string) => Parsed<T> {
  const known = new Map<string, Parsed<T>>();
  return (kind, text) => {
    const key = `${kind} ${text}`;
    const hit = known.get(key);
    if (hit) {
      if (known.size >= remembered) {
        known.delete(key);
        known.set(key, hit);
      }
      return hit;
    }
    const cursor = new Cursor(kind, text);
    const root = read(cursor);
    cursor.end();
    const parsed = { kind, root, names: [...cursor.names], values: [...cursor.values] };
    known.set(key, parsed);
    if (known.size > remembered) {
      const [oldest] = known.keys();
      known.delete(oldest ?? '');
    }
    return parsed;
  };
}

export const parseCondition = cached<RawNode>((cursor) => {
  const node = or(cursor);
  if (isOperand(node) && node.kind !== 'function') throw cursor.syntaxError();
  return node;
});

export const parseProjection = cached<readonly Path[]>((cursor) => {
  const paths = [cursor.path()];
  while (cursor.accept(',')) paths.push(cursor.path());
  return paths;
});

const isOperand = (node: RawNode): node is RawOperand =>
  node.kind === 'path' || node.kind === 'value' || node.kind === 'function';

function or(cursor: Cursor): RawNode {
  let left = and(cursor);
  while (cursor.is('OR')) {
    if (isOperand(left) && left.kind !== 'function') throw cursor.syntaxError();
    cursor.next();
    cursor.operator();
    const right = and(cursor);
    if (isOperand(right) && right.kind !== 'function') throw cursor.syntaxError();
    left = { kind: 'or', left, right };
  }
  return left;
}

function and(cursor: Cursor): RawNode {
  let left = not(cursor);
  while (cursor.is('AND')) {
    if (isOperand(left) && left.kind !== 'function') throw cursor.syntaxError();
    cursor.next();
    cursor.operator();
    const right = not(cursor);
    if (isOperand(right) && right.kind !== 'function') throw cursor.syntaxError();
    left = { kind: 'and', left, right };
  }
  return left;
}

function not(cursor: Cursor): RawNode {
  if (cursor.token.kind !== 'word' || !cursor.accept('NOT')) return comparison(cursor);
  cursor.operator();
  const inner = not(cursor);
  if (isOperand(inner) && inner.kind !== 'function') throw cursor.syntaxError();
  return { kind: 'not', inner };
}

function comparison(cursor: Cursor): RawNode {
  const left = primary(cursor);
  if (!isOperand(left)) return left;
  const sign = cursor.token;
  if (sign.kind === 'sign' && (comparators as readonly string[]).includes(sign.text)) {
    cursor.next();
    cursor.operator();
    return { kind: 'compare', operator: sign.text as Comparator, left, right: operand(cursor) };
  }
  if (cursor.accept('BETWEEN')) {
    cursor.operator();
    const low = operand(cursor);
    cursor.expect('AND');
    return { kind: 'between', operand: left, low, high: operand(cursor) };
  }
  if (cursor.accept('IN')) {
    cursor.operator();
    cursor.expect('(');
    const options = operands(cursor);
    cursor.expect(')');
    return { kind: 'in', operand: left, options };
  }
  return left;
}

function operands(cursor: Cursor): RawNode[] {
  const nodes = [operand(cursor)];
  while (cursor.accept(',')) nodes.push(operand(cursor));
  return nodes;
}

function operand(cursor: Cursor): RawNode {
  const node = primary(cursor);
  if (!isOperand(node)) throw cursor.syntaxError();
  return node;
}

const redundant = 'The expression has redundant parentheses;';

/** Nodes that stand in parentheses of their own. */
const parenthesised = new WeakSet<RawNode>();

function primary(cursor: Cursor): RawNode {
  const { token } = cursor;
  if (cursor.accept('(')) {
    const node = cursor.nested(() => or(cursor), redundant);
    cursor.expect(')');
    if (parenthesised.has(node)) throw cursor.error(redundant);
    parenthesised.add(node);
    return node;
  }
  if (token.kind === 'value') return { kind: 'value', name: cursor.value() };
  if (token.kind === 'word' && cursor.following?.text === '(') {
    cursor.next();
    cursor.next();
    const args = cursor.nested(
      () => operands(cursor),
      `The function is not allowed to be used this way in an expression; function: ${token.text}`,
    );
    cursor.expect(')');
    return { kind: 'function', name: token.text, args };
  }
  return { kind: 'path', path: cursor.path() };
}

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

export const parseUpdate = cached<RawUpdate>((cursor) => {
  const seen = new Set<string>();
  const update = {
    set: [] as { path: Path; value: RawSetValue }[],
    remove: [] as Path[],
    add: [] as { path: Path; value: string }[],
    delete: [] as { path: Path; value: string }[],
  };
  do {
    const section = cursor.token.kind === 'word' ? sections.find((name) => cursor.accept(name)) : undefined;
    if (!section) throw cursor.syntaxError();
    if (seen.has(section))
      throw cursor.error(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    do {
      const path = cursor.path();
      if (section === 'SET') {
        cursor.expect('=');
        update.set.push({ path, value: setValue(cursor) });
      } else if (section === 'REMOVE') update.remove.push(path);
      else update[section === 'ADD' ? 'add' : 'delete'].push({ path, value: cursor.value() });
    } while (cursor.accept(','));
  } while (cursor.token.kind !== 'end');
  return update;
});

function setValue(cursor: Cursor): RawSetValue {
  if (cursor.accept('(')) {
    const inner = cursor.nested(() => setValue(cursor), redundant);
    cursor.expect(')');
    if (inner.kind === 'arithmetic') return inner;
    return arithmetic(cursor, inner);
  }
  return arithmetic(cursor, setOperand(cursor));
}

function arithmetic(cursor: Cursor, left: RawOperand): RawSetValue {
  const operator = cursor.token.text;
  if (operator !== '+' && operator !== '-') return left;
  cursor.next();
  cursor.operator();
  return { kind: 'arithmetic', operator, left, right: setOperand(cursor) };
}

function setOperand(cursor: Cursor): RawOperand {
  const node = primary(cursor);
  if (!isOperand(node)) throw cursor.syntaxError();
  return node;
}
