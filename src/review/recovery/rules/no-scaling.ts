/** ECS services that do not scale. */
import { scalingOf, textAt } from '../../../architecture/index.ts';
import { recoveryRule, reliabilityPillar } from './property-rule.ts';

export const noScaling = recoveryRule({
  id: 'no-scaling',
  severity: 'low',
  title: 'Every ECS service scales with its load',
  why: 'Without scaling the running tasks must take every burst of load, and the load of a lost zone.',
  reference: reliabilityPillar,
  check: (context) => {
    for (const service of context.app.ofType('AWS::ECS::Service')) {
      if (textAt(service.properties, 'SchedulingStrategy') === 'DAEMON') continue;
      context.checked();
      if (scalingOf(context.app, service).bounds.length > 0) continue;
      context.found({
        resource: service,
        title: `${service.name} does not scale`,
        fix: 'AWS::ApplicationAutoScaling::ScalableTarget and a target-tracking policy (CDK: autoScaleTaskCount)',
        evidence: [{ at: service.id, shows: 'no ScalableTarget names it' }],
      });
    }
  },
});
