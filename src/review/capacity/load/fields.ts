/**
 * A YAML file read field by field: what is not understood becomes a problem with its line, and nothing is ignored.
 * A misspelled key is refused with the key that was probably meant.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { LoadProblem } from './model.ts';
import { nearest } from './nearest.ts';

export interface Field {
  /** `arrivals.POST /jobs.rate` */
  readonly path: string;
  readonly line: number;
  readonly node: Node | null;
}

export interface Reader {
  readonly root: Field;
  readonly problems: LoadProblem[];
  readonly problem: (field: Field, message: string) => undefined;
  /** The fields of a map; a key that is not `known` is a problem. */
  readonly map: (field: Field, known?: readonly string[]) => ReadonlyMap<string, Field> | undefined;
  readonly list: (field: Field) => readonly Field[];
  readonly scalar: (field: Field) => string | number | boolean | null | undefined;
  /** `load file, line 12` */
  readonly source: (field: Field) => string;
}

export function readerOf(text: string): Reader {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: LoadProblem[] = document.errors.map(({ message, pos }) => ({
    line: lines.linePos(pos[0]).line,
    message: `this is not YAML: ${message}`,
  }));
  const lineOf = (node: unknown, fallback: number): number =>
    isNode(node) && node.range ? lines.linePos(node.range[0]).line : fallback;
  const problem = (field: Field, message: string): undefined => {
    problems.push({ line: field.line, message: field.path === '' ? message : `${field.path}: ${message}` });
    return undefined;
  };
  const map = (field: Field, known?: readonly string[]) => {
    if (field.node === null) return new Map<string, Field>();
    if (!isMap(field.node)) return problem(field, 'this must be a map of names and values');
    const fields = new Map<string, Field>();
    for (const { key, value } of field.node.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      const path = field.path === '' ? name : `${field.path}.${name}`;
      const child: Field = { path, line: lineOf(key, field.line), node: isNode(value) ? value : null };
      if (known !== undefined && !known.includes(name))
        problem(child, `there is no '${name}' here${nearest(name, known)}`);
      else fields.set(name, child);
    }
    return fields;
  };
  return {
    root: { path: '', line: 1, node: isNode(document.contents) ? document.contents : null },
    problems,
    problem,
    map,
    list: (field) => {
      if (field.node === null) return [];
      if (!isSeq(field.node)) {
        problem(field, 'this must be a list');
        return [];
      }
      return field.node.items.map((item, index) => ({
        path: `${field.path}[${index}]`,
        line: lineOf(item, field.line),
        node: isNode(item) ? item : null,
      }));
    },
    scalar: (field) => {
      if (field.node === null) return null;
      if (!isScalar(field.node)) return problem(field, 'this must be a single value');
      const { value } = field.node;
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : null;
    },
    source: ({ line }) => `load file, line ${line}`,
  };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'range' in value;
