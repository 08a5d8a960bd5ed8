/**
 * Reads the run-time schemas of the AWS SDK for JavaScript (`@aws-sdk/client-*`, 3.9xx and later) into shapes
 * that both directions of every protocol can walk. Compiled once per schema, lazily (schemas are recursive).
 *
 * The encoding read here is that of @smithy/core/schema: https://github.com/smithy-lang/smithy-typescript
 * (packages/core/src/submodules/schema): numbers for simple shapes, [kind, namespace, name, traits, …] tuples
 * for the others, [schema, traits] pairs for members, thunks for forward references.
 */

interface Traits {
  readonly http?: readonly [method: string, uri: string, status: number];
  readonly httpLabel?: 1;
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpQueryParams?: 1;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
  readonly idempotencyToken?: 1;
  readonly sensitive?: 1;
  readonly streaming?: 1;
  readonly eventPayload?: 1;
  readonly xmlName?: string;
  readonly xmlFlattened?: 1;
  readonly xmlAttribute?: 1;
  readonly xmlNamespace?: string | readonly [prefix: string, uri: string];
  readonly jsonName?: string;
  readonly mediaType?: string;
  readonly error?: 'client' | 'server';
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
}

export type TimestampFormat = 'default' | 'date-time' | 'http-date' | 'epoch-seconds';

export type Shape =
  | {
      readonly kind: 'string' | 'number' | 'boolean' | 'document' | 'unit' | 'big-number';
      readonly traits: Traits;
    }
  | { readonly kind: 'blob'; readonly streaming: boolean; readonly traits: Traits }
  | { readonly kind: 'timestamp'; readonly format: TimestampFormat; readonly traits: Traits }
  | { readonly kind: 'list'; readonly traits: Traits; readonly item: Member }
  | { readonly kind: 'map'; readonly traits: Traits; readonly key: Member; readonly value: Member }
  | StructureShape;

export interface StructureShape {
  readonly kind: 'structure' | 'union';
  readonly name: string;
  readonly traits: Traits;
  readonly members: readonly Member[];
  readonly byName: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly name: string;
  readonly traits: Traits;
  readonly required: boolean;
  /** Computed on first use: schemas refer to themselves. */
  readonly shape: Shape;
}

export interface OperationShape {
  readonly name: string;
  readonly traits: Traits;
  readonly input: StructureShape;
  readonly output: StructureShape;
}

type RawSchema = unknown;
type RawTraits = number | Record<string, unknown>;

const flags = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
] as const;

function readTraits(raw: unknown): Traits {
  if (typeof raw === 'object' && raw !== null) return raw as Traits;
  const bits = (raw as number) | 0;
  const traits: Record<string, 1> = {};
  flags.forEach((flag, i) => {
    if ((bits >> i) & 1) traits[flag] = 1;
  });
  return traits as Traits;
}

const none: Traits = {};
const timestampFormats: Record<number, TimestampFormat> = {
  4: 'default',
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

function simple(code: number): Shape {
  if (code in timestampFormats)
    return { kind: 'timestamp', format: timestampFormats[code] ?? 'default', traits: none };
  if (code >= 128)
    return { kind: 'map', traits: none, key: member('key', 0), value: member('value', code & 63) };
  if (code >= 64) return { kind: 'list', traits: none, item: member('member', code & 63) };
  switch (code) {
    case 0:
      return { kind: 'string', traits: none };
    case 1:
      return { kind: 'number', traits: none };
    case 2:
      return { kind: 'boolean', traits: none };
    case 15:
      return { kind: 'document', traits: none };
    case 17:
    case 19:
      return { kind: 'big-number', traits: none };
    case 21:
      return { kind: 'blob', streaming: false, traits: none };
    case 42:
      return { kind: 'blob', streaming: true, traits: none };
    default:
      throw new Error(`schema: unknown simple shape ${code}`);
  }
}

const compiled = new Map<unknown, Shape>();

function readShape(raw: RawSchema): Shape {
  const schema = typeof raw === 'function' ? (raw as () => RawSchema)() : raw;
  const known = compiled.get(schema);
  if (known) return known;
  const shape = compile(schema);
  compiled.set(schema, shape);
  return shape;
}

function compile(schema: RawSchema): Shape {
  if (typeof schema === 'number') return simple(schema);
  if (schema === 'unit')
    return { kind: 'structure', name: 'Unit', traits: none, members: [], byName: new Map() };
  if (!Array.isArray(schema)) throw new Error(`schema: unknown form ${JSON.stringify(schema)}`);
  if (schema.length === 2) return readShape(schema[0]);
  const [kind, , name, rawTraits] = schema as [number, string, string, RawTraits];
  const traits = readTraits(rawTraits);
  switch (kind) {
    case 0: {
      const target = readShape(schema[4]);
      return { ...target, traits: { ...target.traits, ...traits } } as Shape;
    }
    case 1:
      return { kind: 'list', traits, item: member('member', schema[4]) };
    case 2:
      return { kind: 'map', traits, key: member('key', schema[4]), value: member('value', schema[5]) };
    case 3:
    case -3:
    case 4: {
      const names = schema[4] as readonly string[];
      const schemas = schema[5] as readonly RawSchema[];
      const required = (schema[6] as number | undefined) ?? 0;
      const members = names.map((memberName, i) => member(memberName, schemas[i], i < required));
      return {
        kind: kind === 4 ? 'union' : 'structure',
        name,
        traits,
        members,
        byName: new Map(members.map((m) => [m.name, m])),
      };
    }
    default:
      throw new Error(`schema: unknown kind ${kind} (${name})`);
  }
}

function member(name: string, raw: RawSchema, required = false): Member {
  let target: RawSchema = raw;
  let own: Traits = none;
  while (Array.isArray(target) && target.length === 2) {
    own = { ...readTraits(target[1]), ...own };
    target = target[0];
  }
  let shape: Shape | undefined;
  let traits: Traits | undefined;
  return {
    name,
    required,
    get shape() {
      shape ??= readShape(target);
      return shape;
    },
    get traits() {
      // Only simple shapes pass their own traits on (streaming, mediaType); a structure's xmlName does not.
      traits ??=
        this.shape.kind === 'structure' || this.shape.kind === 'union'
          ? own
          : { ...this.shape.traits, ...own };
      return traits;
    },
  };
}

export interface ServiceSchema {
  readonly operations: ReadonlyMap<string, OperationShape>;
  readonly errors: ReadonlyMap<string, StructureShape>;
}

/** Reads every operation and error that a client's schema module exports. */
export function readServiceSchema(module: Readonly<Record<string, unknown>>): ServiceSchema {
  const operations = new Map<string, OperationShape>();
  const errors = new Map<string, StructureShape>();
  for (const value of Object.values(module)) {
    if (!Array.isArray(value)) continue;
    if (value[0] === 9) {
      const [, , name, rawTraits, input, output] = value as [
        9,
        string,
        string,
        RawTraits,
        RawSchema,
        RawSchema,
      ];
      let shapes: [StructureShape, StructureShape] | undefined;
      const both = () => {
        shapes ??= [readShape(input) as StructureShape, readShape(output) as StructureShape];
        return shapes;
      };
      operations.set(name, {
        name,
        traits: readTraits(rawTraits),
        get input() {
          return both()[0];
        },
        get output() {
          return both()[1];
        },
      });
    } else if (value[0] === -3) {
      errors.set(value[2] as string, readShape(value) as StructureShape);
    }
  }
  return { operations, errors };
}
