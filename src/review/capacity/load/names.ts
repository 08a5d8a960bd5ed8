/** The names by which a load may speak of a resource: its label, construct path, logical id, id, or block. */
import type { TemplateModel } from '../model/build.ts';

export interface Names {
  /** Resource id; undefined when no part of the model is called so. */
  readonly resource: (name: string) => string | undefined;
  /** To choose from. */
  readonly labels: readonly string[];
  readonly labelOf: (resourceId: string) => string;
  readonly namesOf: (resourceId: string) => readonly string[];
}

export function namesIn(model: TemplateModel): Names {
  const byName = new Map<string, Set<string>>();
  const byPart = new Map<string, Set<string>>();
  const names = new Map<string, Set<string>>();
  const labels = new Map<string, string>();
  const say = (name: string | undefined, id: string, map = byName) => {
    if (name === undefined || name === '') return;
    map.set(name, (map.get(name) ?? new Set()).add(id));
    names.set(id, (names.get(id) ?? new Set()).add(name));
  };
  for (const { resource, label } of model.built.values()) {
    const path = resource.constructPath?.replace(/\/(Resource|Default)$/, '');
    const own = label.replace(/, (reads|writes)$/, '');
    labels.set(resource.id, own);
    for (const name of [own, resource.id, resource.logicalId, path, path?.split('/').slice(1).join('/')])
      say(name, resource.id);
    // `Jobs/Worker` for `Jobs/Worker/Service/Service`, as long as it means one resource only.
    const parts = own.split('/');
    for (let length = parts.length - 1; length > 0; length--)
      say(parts.slice(0, length).join('/'), resource.id, byPart);
  }
  const only = (name: string): string | undefined => {
    const found = byName.get(name) ?? byPart.get(name);
    return found?.size === 1 ? [...found][0] : undefined;
  };
  return {
    resource: only,
    labels: [...new Set(labels.values())],
    labelOf: (id) => labels.get(id) ?? id,
    namesOf: (id) => [...(names.get(id) ?? [])],
  };
}
