/** A service whose containers say that they need longer to start than the load balancer waits. */

import { isUnresolved, listAt, numberAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { known, pathOf } from './shared.ts';

export const healthGrace: Rule = {
  id: 'health-grace-below-start-up',
  area: 'capacity',
  title: 'The load balancer does not call a task unhealthy while it starts',
  severity: 'medium',
  why: 'A task that is stopped for being unhealthy before it has started is replaced by one with the same fate: scaling out under load brings no capacity at all.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html',
  check(context) {
    for (const service of context.app.ofType('AWS::ECS::Service')) {
      if (listAt(service.properties, 'LoadBalancers').length === 0) continue;
      const [task] = context.app
        .namedIn(service.properties.TaskDefinition)
        .filter(({ type }) => type === 'AWS::ECS::TaskDefinition');
      const periods = listAt(task?.properties, 'ContainerDefinitions').map((one) =>
        numberAt(one, 'HealthCheck.StartPeriod'),
      );
      const stated = periods.flatMap((value) => (typeof value === 'number' ? [value] : []));
      if (task === undefined || (stated.length === 0 && !periods.some(isUnresolved))) continue;
      context.checked();
      if (stated.length === 0) {
        context.unclear({
          resource: task,
          what: 'HealthCheck.StartPeriod',
          because: 'it is not known before deployment',
        });
        continue;
      }
      const start = Math.max(...stated);
      const grace = known(context, service, 'HealthCheckGracePeriodSeconds', 0);
      const [group] = context.app
        .namedIn(service.properties.LoadBalancers)
        .filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
      const interval = group === undefined ? 30 : known(context, group, 'HealthCheckIntervalSeconds', 30);
      const threshold = group === undefined ? 2 : known(context, group, 'UnhealthyThresholdCount', 2);
      if (grace === undefined || interval === undefined || threshold === undefined) continue;
      if (grace + interval * threshold >= start) continue;
      context.found({
        resource: service,
        title: `${service.name} may need ${start} s to start, and is stopped as unhealthy after ${grace + interval * threshold} s`,
        fix: `Set HealthCheckGracePeriodSeconds of ${service.name} to ${start} or more.`,
        evidence: [
          { at: pathOf(service, 'HealthCheckGracePeriodSeconds'), shows: `${grace} s` },
          { at: pathOf(task, 'ContainerDefinitions'), shows: `StartPeriod ${start} s` },
          { at: group?.id ?? service.id, shows: `${threshold} failed checks, ${interval} s apart` },
        ],
      });
    }
  },
};
