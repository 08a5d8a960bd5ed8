/** Services that stay as small as they were deployed. */
import { textAt } from '../../../architecture/index.ts';
import { customRule, pillar } from './kit.ts';

export const noScaling = customRule({
  id: 'no-scaling',
  severity: 'low',
  title: 'Every ECS service scales with its load',
  why: 'A burst, or the load of a lost zone, falls on the tasks that are left.',
  reference: pillar,
  check: (context) => {
    for (const service of context.app.ofType('AWS::ECS::Service')) {
      if (textAt(service.properties, 'SchedulingStrategy') === 'DAEMON') continue;
      context.checked();
      if (service.usedBy.some(({ to }) => to.type === 'AWS::ApplicationAutoScaling::ScalableTarget'))
        continue;
      context.found({
        resource: service,
        title: `${service.name} does not scale`,
        fix: 'AWS::ApplicationAutoScaling::ScalableTarget and a target-tracking policy (CDK: autoScaleTaskCount)',
        evidence: [{ at: service.id, shows: 'no ScalableTarget names it' }],
      });
    }
  },
});
