/** What moves the count or the throughput of a resource: Application Auto Scaling's targets, and the policies of both. */
import type { Architecture, Resource } from '../app/model.ts';
import { namedAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf, typesWith } from '../types/lookup.ts';

interface Scaling {
  /** Hold the bounds: several for a table, by reads and writes. Empty for an Auto Scaling group, which has its own. */
  readonly bounds: readonly Resource[];
  readonly policies: readonly Resource[];
}

interface Scaler {
  readonly by: Resource;
  readonly as: 'bounds' | 'policy';
  readonly of: ReadonlySet<Resource>;
}

const scalers = oncePerApp((app): readonly Scaler[] =>
  app.ofType(...typesWith('scales')).flatMap((by): Scaler[] => {
    const facts = factsOf(by.type)?.scales;
    if (facts === undefined) return [];
    const named = facts.what.flatMap((path) => namedAt(app, by, path)).map(({ to }) => to);
    return [{ by, as: facts.as, of: new Set(named) }];
  }),
);

export function scalingOf(app: Architecture, resource: Resource): Scaling {
  const bounds = scalers(app).flatMap(({ by, as, of }) => (as === 'bounds' && of.has(resource) ? [by] : []));
  const policies = scalers(app).flatMap(({ by, as, of }) =>
    as === 'policy' && [resource, ...bounds].some((one) => of.has(one)) ? [by] : [],
  );
  return { bounds, policies };
}
