/**
 * AWS's specification of resource types: which properties there are, of which type, what a change of them does
 * (scripts/resource-specs.mjs wrote it), and which values they take (scripts/resource-limits.mjs did). A namespace is
 * one file, read when one of its types is first asked for.
 */
import { lookup } from '../../core/lookup.ts';
import namespaces from './namespaces.gen.json' with { type: 'json' };

/** `string`, `list<string> required`, `#Definition immutable`: type, then what differs from an optional, mutable one. */
export type PropertySpec = string;

export interface ResourceSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly definitions?: Readonly<Record<string, Readonly<Record<string, PropertySpec>>>>;
  readonly attributes: readonly string[];
  /** Of those that are no text: `list`, `integer`, `number`, `boolean`, `json`. */
  readonly attributeTypes?: Readonly<Record<string, string>>;
  readonly identifier?: readonly string[];
  /** What Ref answers, where that is not the identifier. */
  readonly ref?: readonly string[];
  /** The property that holds tags. */
  readonly tags?: string;
  readonly immutablePaths?: readonly string[];
}

/** Limits of one value, in the words of JSON schema. */
export interface ValueLimits {
  readonly enum?: readonly unknown[];
  readonly enumCaseInsensitive?: readonly unknown[];
  readonly const?: unknown;
  /** A Java pattern that some part of the text matches. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: ValueLimits;
}

export interface FieldLimits {
  readonly properties?: Readonly<Record<string, ValueLimits>>;
  /** Groups of properties, of which exactly one has to be there. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Groups of properties, of which one at least has to be there. */
  readonly anyOf?: readonly (readonly string[])[];
}

export interface ResourceLimits extends FieldLimits {
  readonly definitions?: Readonly<Record<string, FieldLimits>>;
  /** Of read-only attributes: `vpce-{hex17}`, or the one value that they have. */
  readonly forms?: Readonly<Record<string, string>>;
  /** IAM actions of the calls that read or list such resources. */
  readonly reads?: readonly string[];
  /** AWS's registry has no handlers for it. */
  readonly unprovisionable?: boolean;
  /** Properties that no call answers. */
  readonly writeOnly?: readonly string[];
}

type Table<T> = Readonly<Record<string, T>>;
const specFiles = new Map<string, Promise<Table<ResourceSpec>>>();
const limitFiles = new Map<string, Promise<Table<ResourceLimits>>>();

/** `AWS::EC2::VPC` → `AWS-EC2`; undefined when AWS's specification has no such namespace. */
function fileOf(type: string): string | undefined {
  const name = type.split('::').slice(0, 2).join('-');
  return Object.hasOwn(namespaces, name) ? name : undefined;
}

function once<T>(files: Map<string, Promise<T>>, name: string, read: () => Promise<{ default: unknown }>) {
  let file = files.get(name);
  if (!file) {
    // The shape is what the script wrote; the compiler cannot know files by a computed name.
    file = read().then((module) => module.default as T);
    files.set(name, file);
  }
  return file;
}

const readSpecs = (name: string) => () => import(`./specs/${name}.gen.json`, { with: { type: 'json' } });

/** Undefined when AWS has no such type. */
export async function loadSpec(type: string): Promise<ResourceSpec | undefined> {
  const name = fileOf(type);
  if (name === undefined) return undefined;
  return lookup(await once(specFiles, name, readSpecs(name)), type);
}

/** Names of AWS's types in order. */
export async function typeNames(prefix: string): Promise<string[]> {
  const files = Object.keys(namespaces).filter((name) => {
    const namespace = `${name.replace('-', '::')}::`;
    return namespace.startsWith(prefix) || prefix.startsWith(namespace);
  });
  const tables = await Promise.all(files.map((name) => once(specFiles, name, readSpecs(name))));
  return tables.flatMap((table) => Object.keys(table).filter((type) => type.startsWith(prefix))).sort();
}

/** Empty when AWS's registry says nothing of the type. */
export async function loadLimits(type: string): Promise<ResourceLimits> {
  const name = fileOf(type);
  if (name === undefined) return {};
  const read = () => import(`./limits/${name}.gen.json`, { with: { type: 'json' } });
  return lookup(await once(limitFiles, name, read), type) ?? {};
}

interface ParsedProperty {
  readonly type: string;
  readonly required: boolean;
  readonly update: 'mutable' | 'immutable' | 'conditional';
}

const parsed = new Map<PropertySpec, ParsedProperty>();

export function parseProperty(spec: PropertySpec): ParsedProperty {
  let known = parsed.get(spec);
  if (!known) {
    known = parse(spec);
    parsed.set(spec, known);
  }
  return known;
}

function parse(spec: PropertySpec): ParsedProperty {
  const [type = 'json', ...marks] = spec.split(' ');
  return {
    type,
    required: marks.includes('required'),
    update: marks.includes('immutable')
      ? 'immutable'
      : marks.includes('conditional')
        ? 'conditional'
        : 'mutable',
  };
}
