/** ECS services that may run a single task. */
import { queuesOf } from '../components/ecs-service.ts';
import { readSystem } from '../read-components.ts';
import { recoveryRule } from './property-rule.ts';

export const oneTask = recoveryRule({
  id: 'one-task',
  severity: 'medium',
  title: 'Every ECS service runs two tasks or more',
  why: 'With one task every crash, replaced host and lost zone interrupts the service until a new task has started.',
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
        // Messages wait in the queue until a task runs again.
        severity: queued ? 'low' : 'medium',
        title: `${component.resource.name} runs ${component.copies === 0 ? 'no task until work arrives' : 'one task'} at its least`,
        fix: 'DesiredCount: 2, and MinCapacity: 2 on its scaling target; or accept a gap of about two minutes',
        evidence: [{ at: `${component.id}/Properties/DesiredCount`, shows: String(component.copies) }],
      });
    }
  },
});
