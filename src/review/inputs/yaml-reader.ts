/**
 * A YAML file read field by field: what is not understood becomes a problem with its line, and nothing is ignored.
 * A misspelled key is refused with the key that was probably meant.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { didYouMean } from '../../core/nearest.ts';
import { durationOf, type Scalar } from './units.ts';

/** The file beside an app in which people write what its template cannot say. */
export const reviewFileName = 'slipway-review.yaml';

export interface Problem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface Field {
  /** `load.arrivals.POST /jobs.rate` */
  readonly path: string;
  readonly line: number;
  readonly node: Node | null;
}

export type Fields = ReadonlyMap<string, Field>;

export interface Reader {
  readonly root: Field;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
  /** Notes a problem with this field. */
  problem(field: Field, message: string): undefined;
  /** The fields of a map; a key that is not `known` is a problem. A key without a value is an empty map. */
  map(field: Field | undefined, known?: readonly string[]): Fields;
  list(field: Field): readonly Field[];
  scalar(field: Field): Scalar;
  isMap(field: Field): boolean;
  isList(field: Field): boolean;
  /** `slipway-review.yaml, line 12` */
  source(field: Field): string;
  flag(field: Field | undefined): boolean | undefined;
  /** 0 or more. */
  number(field: Field | undefined): number | undefined;
  choice<const Choice extends string>(
    field: Field | undefined,
    choices: readonly Choice[],
  ): Choice | undefined;
  choices<const Choice extends string>(
    field: Field | undefined,
    choices: readonly Choice[],
  ): readonly Choice[] | undefined;
  /** `90s`, `15m`, `1h`, `2d`; in seconds. */
  duration(field: Field | undefined): number | undefined;
  /** A duration, or a range of two: `15m - 1h`. */
  durationRange(field: Field | undefined): { readonly min: number; readonly max: number } | undefined;
}

export function readerOf(text: string, fileName: string = reviewFileName): Reader {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = document.errors.map(({ message, pos }) => ({
    line: lines.linePos(pos[0]).line,
    message: `this is not YAML: ${message}`,
  }));
  const lineOf = (node: unknown, fallback: number): number =>
    isNode(node) && node.range ? lines.linePos(node.range[0]).line : fallback;
  const problem = (field: Field, message: string): undefined => {
    problems.push({ line: field.line, message: field.path === '' ? message : `${field.path}: ${message}` });
    return undefined;
  };
  const map = (field: Field | undefined, known?: readonly string[]): Fields => {
    const fields = new Map<string, Field>();
    if (field === undefined || isEmpty(field.node)) return fields;
    if (!isMap(field.node)) {
      problem(field, `expected names with values, got ${shown(field.node)}`);
      return fields;
    }
    for (const { key, value } of field.node.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      const path = field.path === '' ? name : `${field.path}.${name}`;
      const child: Field = { path, line: lineOf(key, field.line), node: isNode(value) ? value : null };
      if (known !== undefined && !known.includes(name))
        problem(child, `there is no '${name}' here${didYouMean(name, known)}`);
      else fields.set(name, child);
    }
    return fields;
  };
  const list = (field: Field): readonly Field[] => {
    if (isEmpty(field.node)) return [];
    if (!isSeq(field.node)) {
      problem(field, `expected a list, got ${shown(field.node)}`);
      return [];
    }
    return field.node.items.map((item, index) => ({
      path: `${field.path}[${index}]`,
      line: lineOf(item, field.line),
      node: isNode(item) ? item : null,
    }));
  };
  const scalar = (field: Field): Scalar => {
    if (field.node === null) return null;
    if (!isScalar(field.node)) return problem(field, 'expected a single value');
    const { value } = field.node;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  };
  /** Reads a value that may be absent; a value that `read` does not understand is a problem. */
  const optional = <T>(
    field: Field | undefined,
    expected: string,
    read: (value: Scalar) => T | undefined,
  ): T | undefined => {
    if (field === undefined || isEmpty(field.node)) return undefined;
    const value = isScalar(field.node) ? read(scalar(field)) : undefined;
    return value ?? problem(field, `expected ${expected}, got ${shown(field.node)}`);
  };
  const choice = <const Choice extends string>(field: Field | undefined, choices: readonly Choice[]) =>
    optional(field, `one of ${choices.join(', ')}`, (value) => choices.find((one) => one === String(value)));
  return {
    root: { path: '', line: 1, node: isNode(document.contents) ? document.contents : null },
    get problems() {
      return [...problems].sort((a, b) => a.line - b.line);
    },
    problem,
    map,
    list,
    scalar,
    isMap: ({ node }) => isMap(node),
    isList: ({ node }) => isSeq(node),
    source: ({ line }) => `${fileName}, line ${line}`,
    flag: (field) =>
      optional(field, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined)),
    number: (field) =>
      optional(field, 'a number of 0 or more', (value) =>
        typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined,
      ),
    choice,
    choices: (field, choices) =>
      field === undefined ? undefined : list(field).flatMap((item) => choice(item, choices) ?? []),
    duration: (field) => optional(field, 'a duration such as 90s, 15m, 1h or 2d', durationWithUnit),
    durationRange: (field) =>
      optional(field, 'a duration or a range such as 15m - 1h', (value) => {
        const [min, max = min, ...more] = String(value)
          .split(/\s+-\s+/)
          .map(durationWithUnit);
        return min !== undefined && max !== undefined && more.length === 0 && min <= max
          ? { min, max }
          : undefined;
      }),
  };
}

const durationWithUnit = (value: Scalar): number | undefined =>
  typeof value === 'string' && /[a-z]\s*$/i.test(value) ? durationOf(value) : undefined;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'range' in value;

const isEmpty = (node: Node | null): boolean =>
  node === null || (isScalar(node) && (node.value === null || node.value === undefined));

const shown = (node: Node | null): string => JSON.stringify(node?.toJSON()) ?? 'nothing';
