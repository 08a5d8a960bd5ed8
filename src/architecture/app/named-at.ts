/** The resources that a property names, with the place of each. */
import type { Architecture, Resolved, Resource } from './model.ts';
import { isList, isMap, valueAt } from './values.ts';

export interface NamedAt {
  readonly to: Resource;
  /** `Targets.0.Arn` */
  readonly property: string;
}

/** Every value at a path, in which `*` is every item of a list or map. */
export function* valuesAt(
  value: Resolved | undefined,
  path: string,
  before = '',
): Generator<{ readonly value: Resolved; readonly property: string }> {
  if (value === undefined) return;
  if (path === '') {
    yield { value, property: before };
    return;
  }
  const [key = '', ...rest] = path.split('.');
  const one = key === '*' ? undefined : valueAt(value, key);
  const children: Iterable<[string | number, Resolved]> =
    key !== '*'
      ? one === undefined
        ? []
        : [[key, one]]
      : isList(value)
        ? value.entries()
        : isMap(value)
          ? Object.entries(value)
          : [];
  for (const [name, child] of children)
    yield* valuesAt(child, rest.join('.'), before === '' ? String(name) : `${before}.${name}`);
}

/** Anywhere in the values at the path. */
export const namedAt = (app: Architecture, resource: Resource, path: string): readonly NamedAt[] =>
  [...valuesAt(resource.properties, path)].flatMap(({ value, property }) =>
    app.namedIn(value).map((to) => ({ to, property })),
  );
