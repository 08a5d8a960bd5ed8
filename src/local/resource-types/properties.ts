/**
 * Holds a resource's properties to AWS's specification of its type: names, required ones, types, values. Text is turned
 * into numbers and booleans (and back) where the specification asks, as CloudFormation does.
 */
import {
  type FieldLimits,
  type PropertySpec,
  parseProperty,
  type ResourceLimits,
  type ResourceSpec,
  type ValueLimits,
} from '../../architecture/schema/specs.ts';
import { lookup } from '../../core/lookup.ts';
import { type Resolved, Unresolved } from '../../template/index.ts';
import { groupProblems, limitProblems } from './limits.ts';

interface Checked {
  readonly value: Resolved;
  /** In CloudFormation's words: `#/Name: expected type: String, found: JSONObject`. */
  readonly problems: readonly string[];
}

type Fields = Readonly<Record<string, PropertySpec>>;

/** Values that are not known yet pass. */
export function checkProperties(
  properties: Resolved,
  spec: ResourceSpec,
  limits: ResourceLimits = {},
): Checked {
  const problems: string[] = [];

  const isObject = (value: Resolved): value is Readonly<Record<string, Resolved>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unresolved);

  const fields = (value: Resolved, known: Fields, path: string, limited: FieldLimits = {}): Resolved => {
    if (value instanceof Unresolved) return value;
    if (!isObject(value)) return wrong(value, 'JSONObject', path);
    const out: [string, Resolved][] = [];
    for (const [name, item] of Object.entries(value)) {
      const declared = lookup(known, name);
      if (declared === undefined) {
        problems.push(`#${path}: extraneous key [${name}] is not permitted`);
        continue;
      }
      const { type } = parseProperty(declared);
      out.push([name, typed(item, type, `${path}/${name}`, lookup(limited.properties, name))]);
    }
    for (const [name, declared] of Object.entries(known))
      if (parseProperty(declared).required && !Object.hasOwn(value, name))
        problems.push(`#${path}: required key [${name}] not found`);
    problems.push(...groupProblems(new Set(Object.keys(value)), limited, path));
    return Object.fromEntries(out);
  };

  const wrong = (value: Resolved, expected: string, path: string): Resolved => {
    const found = Array.isArray(value)
      ? 'JSONArray'
      : isObject(value)
        ? 'JSONObject'
        : typeof value === 'string'
          ? 'String'
          : typeof value === 'boolean'
            ? 'Boolean'
            : 'Number';
    problems.push(`#${path}: expected type: ${expected}, found: ${found}`);
    return value;
  };

  const typed = (value: Resolved, type: string, path: string, limited?: ValueLimits): Resolved => {
    if (value instanceof Unresolved) return value;
    const before = problems.length;
    const made = ofType(value, type, path, limited);
    // A value of another type has no length or range of the one that was asked for.
    if (limited && problems.length === before) problems.push(...limitProblems(made, limited, path));
    return made;
  };

  const ofType = (value: Resolved, type: string, path: string, limited?: ValueLimits): Resolved => {
    if (value instanceof Unresolved) return value;
    const options = splitUnion(type);
    if (options.length > 1) return union(value, options, path);
    if (type.startsWith('list<')) {
      const item = type.slice(5, -1);
      // CloudFormation takes one value where a list of them is wanted.
      const list: readonly Resolved[] = Array.isArray(value) ? value : [value];
      if (!Array.isArray(value) && isObject(value)) return wrong(value, 'JSONArray', path);
      return list.map((one, index) => typed(one, item, `${path}/${index}`, limited?.items));
    }
    if (type.startsWith('map<')) {
      if (!isObject(value)) return wrong(value, 'JSONObject', path);
      const item = type.slice(4, -1);
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, typed(one, item, `${path}/${key}`)]),
      );
    }
    if (type.startsWith('#')) {
      const definition = spec.definitions?.[type.slice(1)];
      // An empty definition is one that AWS documents without members: free form.
      if (!definition || Object.keys(definition).length === 0) return value;
      return fields(value, definition, path, lookup(limits.definitions, type.slice(1)));
    }
    return scalar(value, type, path);
  };

  const union = (value: Resolved, options: readonly string[], path: string): Resolved => {
    const before = problems.length;
    let firstProblems: string[] | undefined;
    for (const option of options) {
      const result = typed(value, option, path);
      if (problems.length === before) return result;
      firstProblems ??= problems.slice(before);
      problems.length = before;
    }
    problems.push(...(firstProblems ?? []));
    return value;
  };

  const scalar = (value: Resolved, type: string, path: string): Resolved => {
    switch (type) {
      case 'string':
        if (typeof value === 'string') return value;
        if (typeof value === 'number' || typeof value === 'boolean') return String(value);
        return wrong(value, 'String', path);
      case 'integer':
      case 'number': {
        const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
        const fits = typeof number === 'number' && Number.isFinite(number);
        if (!fits || (type === 'integer' && !Number.isInteger(number)))
          return wrong(value, type === 'integer' ? 'Integer' : 'Number', path);
        return number;
      }
      case 'boolean':
        if (typeof value === 'boolean') return value;
        if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
        return wrong(value, 'Boolean', path);
      default:
        return value;
    }
  };

  const value = fields(properties, spec.properties, '', limits);
  return { value, problems };
}

/** `list<a|b>|string` → `list<a|b>`, `string`. */
function splitUnion(type: string): string[] {
  const options: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < type.length; i++) {
    if (type[i] === '<') depth++;
    else if (type[i] === '>') depth--;
    else if (type[i] === '|' && depth === 0) {
      options.push(type.slice(from, i));
      from = i + 1;
    }
  }
  options.push(type.slice(from));
  return options;
}
