/**
 * State changes to EventBridge. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
 */
import { reportBug } from '../../../../core/report-bug.ts';
import type { EcsStore } from '../store.ts';

export type Announce = (detailType: string, resources: string[], detail: object) => void;

export function createAnnouncer({ env }: EcsStore): Announce {
  const bus = env.arn('events', 'event-bus/default');
  const as = env.asService('ecs.amazonaws.com');
  return (detailType, resources, detail) => {
    env
      .deliver(bus, { body: JSON.stringify(detail), event: { source: 'aws.ecs', detailType, resources } }, as)
      .catch((error: unknown) => reportBug(env.host, `event ${detailType}`, error));
  };
}
