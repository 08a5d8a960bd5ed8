/** What a resource is a part of (a route of its API), and what its parts are. */
import type { Architecture, Resource } from '../app/model.ts';
import { namedAt } from '../app/named-at.ts';
import { factsOf } from '../types/lookup.ts';

const ownerOf = (app: Architecture, part: Resource): Resource | undefined =>
  (factsOf(part.type)?.owner ?? []).flatMap((path) => namedAt(app, part, path))[0]?.to;

export const partsOf = (app: Architecture, owner: Resource): readonly Resource[] => [
  ...new Set(owner.usedBy.map(({ to }) => to).filter((part) => ownerOf(app, part) === owner)),
];

/** The resource, what it is a part of, what that is a part of, and so on. */
export function ownersOf(app: Architecture, part: Resource): readonly Resource[] {
  const found = new Set<Resource>();
  for (
    let here: Resource | undefined = part;
    here !== undefined && !found.has(here);
    here = ownerOf(app, here)
  )
    found.add(here);
  return [...found];
}
