/**
 * State changes to EventBridge. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
 */
import type { EcsStore } from '../context.ts';

export type Announce = (detailType: string, resources: readonly string[], detail: object) => void;

export function createAnnouncer({ env }: EcsStore): Announce {
  const invoke = env.asService('ecs.amazonaws.com');
  return (DetailType, Resources, detail) => {
    invoke('events', 'PutEvents', {
      Entries: [
        {
          Source: 'aws.ecs',
          DetailType,
          Resources,
          Detail: JSON.stringify(detail),
          Time: new Date(env.clock.now()),
        },
      ],
    }).catch((error: unknown) =>
      env.host.notify({
        name: 'slipway.failed',
        data: { what: `event ${DetailType}`, error: String(error) },
      }),
    );
  };
}
