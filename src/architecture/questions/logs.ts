/** Where logs go: to the group or bucket that a property names, or to the group of a function that the name says. */
import type { Architecture, Resource } from '../app/model.ts';
import { namedAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf } from '../types/lookup.ts';
import { computes, configurationOf } from './runs-as.ts';

interface Written {
  readonly by: Resource;
  readonly to: Resource;
}

const all = oncePerApp((app): readonly Written[] => {
  const written = app.resources.flatMap((by) =>
    (factsOf(by.type)?.logs ?? [])
      .flatMap((path) => namedAt(app, by, path))
      .map(({ to }): Written => ({ by, to })),
  );
  const running = new Map<Resource, Resource[]>();
  for (const compute of computes(app)) {
    const settings = configurationOf(app, compute);
    running.set(settings, [...(running.get(settings) ?? []), compute]);
  }
  const byCompute = written.flatMap(({ by, to }): readonly Written[] =>
    (running.get(by) ?? [by]).map((compute) => ({ by: compute, to })),
  );
  // Without LoggingConfig a function writes to `/aws/lambda/<its name>`, and the group is made with that name.
  const byName = app.ofType('AWS::Logs::LogGroup').flatMap((to) =>
    namedAt(app, to, 'LogGroupName')
      .filter(({ to: by }) => factsOf(by.type)?.compute === true)
      .map(({ to: by }): Written => ({ by, to })),
  );
  return [...byCompute, ...byName];
});

/** What writes its logs to the group or bucket: each once. */
export const logWritersOf = (app: Architecture, store: Resource): readonly Resource[] => [
  ...new Set(all(app).flatMap(({ by, to }) => (to === store ? [by] : []))),
];

/** Whether the template says where the logs of the function go, or how long they are kept. */
export const hasOwnLogs = (app: Architecture, compute: Resource): boolean =>
  all(app).some(({ by }) => by === compute) ||
  // The CDK's `logRetention` sets how long the group is kept that Lambda makes.
  app
    .ofType('Custom::LogRetention')
    .some((one) => namedAt(app, one, 'LogGroupName').some(({ to }) => to === compute));
