/**
 * Where failures are put: RedrivePolicy of queues and subscriptions, dead-letter queues and destinations of functions,
 * mappings, rules, schedules and pipes. RedriveAllowPolicy only permits, so it makes no queue a dead-letter queue.
 */
import type { Architecture, Resource } from '../app/model.ts';
import { namedAt, valuesAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf } from '../types/lookup.ts';
import { standsFor } from './triggers.ts';

interface DeadLetters {
  /** Whose failures they are. */
  readonly of: Resource;
  /** The queue, or a topic, bucket or function. */
  readonly to: Resource;
  readonly via: Resource;
  /** `RedrivePolicy.deadLetterTargetArn` of `via`. */
  readonly property: string;
}

const all = oncePerApp((app): readonly DeadLetters[] =>
  app.resources.flatMap((via) =>
    (factsOf(via.type)?.deadLetters ?? []).flatMap((facts) => {
      const of = facts.of === undefined ? via : namedAt(app, via, facts.of)[0]?.to;
      if (of === undefined) return [];
      return namedAt(app, via, facts.to)
        .map(({ to, property }) => ({ of: standsFor(app, of), to: standsFor(app, to), via, property }))
        .filter(({ of: owner, to }) => owner !== to);
    }),
  ),
);

/** Everything whose failures are put there; not empty: it is a dead-letter queue. */
export const deadLettersFor = (app: Architecture, queue: Resource): readonly DeadLetters[] =>
  all(app).filter(({ to }) => to === queue);

/** Where the failures of the resource are put. */
export const deadLettersOf = (app: Architecture, resource: Resource): readonly DeadLetters[] =>
  all(app).filter(({ of }) => of === resource);

export const isDeadLetterQueue = (app: Architecture, queue: Resource): boolean =>
  queue.type === 'AWS::SQS::Queue' && deadLettersFor(app, queue).length > 0;

/** Whether its failures are put anywhere, also outside this app; of a function, by itself or as it is invoked. */
export const keepsFailures = (app: Architecture, resource: Resource): boolean =>
  [resource, ...resource.usedBy.map(({ to }) => to)].some((via) =>
    (factsOf(via.type)?.deadLetters ?? []).some(({ of, to }) => {
      const owners =
        of === undefined ? [via] : namedAt(app, via, of).map((named) => standsFor(app, named.to));
      return owners.includes(resource) && !valuesAt(via.properties, to).next().done;
    }),
  );
