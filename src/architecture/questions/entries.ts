/** Where requests from the internet come in, as far as the type of a resource says so: APIs, CDNs, balancers, URLs. */
import type { Architecture, Resource } from '../app/model.ts';
import { oncePerApp } from '../app/once.ts';
import { isUnresolved, listAt } from '../app/values.ts';
import { factsOf, typesWith } from '../types/lookup.ts';

interface Entry {
  readonly resource: Resource;
  /** Why it could not be told whether the internet may call it. */
  readonly unclear?: string;
}

export const entriesFromInternet = oncePerApp((app: Architecture): readonly Entry[] => {
  const types = new Set(typesWith('entry'));
  return app.resources.flatMap((resource): Entry[] => {
    if (!types.has(resource.type)) return [];
    const unless = factsOf(resource.type)?.entry?.unless;
    if (unless === undefined) return [{ resource }];
    const values = listAt(resource.properties, unless.property);
    const unknown = values.find(isUnresolved);
    if (unknown !== undefined) return [{ resource, unclear: unknown.reason }];
    return values.map(String).includes(unless.is) ? [] : [{ resource }];
  });
});
