/**
 * AWS's specification of resource types, as scripts/resource-specs.mjs wrote it: which properties there are, of
 * which type, and what a change of them does.
 */

/** `string`, `list<string> required`, `#Definition immutable`: type, then what differs from an optional, mutable one. */
export type PropertySpec = string;

export interface ResourceSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly definitions?: Readonly<Record<string, Readonly<Record<string, PropertySpec>>>>;
  readonly attributes: readonly string[];
  readonly identifier?: readonly string[];
  /** The property that holds tags. */
  readonly tags?: string;
  readonly immutablePaths?: readonly string[];
}

let loaded: Readonly<Record<string, ResourceSpec>> | undefined;

/** Read on first use: a cloud that runs no stack does not pay for it. */
export async function loadSpecs(): Promise<Readonly<Record<string, ResourceSpec>>> {
  loaded ??= (await import('./resource-specs.gen.json', { with: { type: 'json' } }))
    .default as unknown as Readonly<Record<string, ResourceSpec>>;
  return loaded;
}

interface ParsedProperty {
  readonly type: string;
  readonly required: boolean;
  readonly update: 'mutable' | 'immutable' | 'conditional';
}

export function parseProperty(spec: PropertySpec): ParsedProperty {
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
