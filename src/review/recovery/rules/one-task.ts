/** Services that run a single task. */
import { queuesOf } from '../components/ecs-service.ts';
import { readSystem } from '../read.ts';
import { customRule } from './kit.ts';

export const oneTask = customRule({
  id: 'one-task',
  severity: 'medium',
  title: 'Every service that users wait for runs two tasks or more',
  why: 'Every crash, host replacement and zone failure is an interruption until a new task has started.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html',
  check: (context) => {
    if (context.app.ofType('AWS::ECS::Service').length === 0) return;
    const { components } = readSystem(context.app, {});
    for (const component of components) {
      if (component.resource.type !== 'AWS::ECS::Service' || component.copies === undefined) continue;
      context.checked();
      if (component.copies > 1) continue;
      const queued = queuesOf(context.app, component.resource).length > 0;
      context.found({
        resource: component.resource,
        // Work waits in the queue meanwhile, so nothing is refused.
        severity: queued ? 'low' : 'medium',
        title: `${component.resource.name} runs ${component.copies === 0 ? 'no task until work arrives' : 'one task'} at its least`,
        fix: 'DesiredCount: 2, and MinCapacity: 2 on its scaling target; or accept a gap of about two minutes',
        evidence: [{ at: `${component.id}/Properties/DesiredCount`, shows: String(component.copies) }],
      });
    }
  },
});
