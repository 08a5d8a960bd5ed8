/** A service whose containers say that they need longer to start than the load balancer waits. */

import { isUnresolved, listAt, namedAt, numberAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { knownNumber } from './known-number.ts';
import { nodesOf, taskDefinitionOf } from './model-queries.ts';

export const healthGrace: Rule = {
  id: 'health-grace-below-start-up',
  area: 'capacity',
  title: 'The load balancer does not call a task unhealthy while it starts',
  severity: 'medium',
  why: 'A task that is stopped for being unhealthy before it has started is replaced by one with the same fate: scaling out under load brings no capacity at all.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html',
  check(context) {
    for (const { node, resource: service } of nodesOf(context.app, 'workers')) {
      if (node.takes.kind !== 'requests') continue;
      const task = taskDefinitionOf(context.app, service);
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
      const grace = knownNumber(context, service, 'HealthCheckGracePeriodSeconds', 0);
      const group = namedAt(context.app, service, 'LoadBalancers.*.TargetGroupArn')[0]?.to;
      const interval =
        group === undefined ? 30 : knownNumber(context, group, 'HealthCheckIntervalSeconds', 30);
      const threshold = group === undefined ? 2 : knownNumber(context, group, 'UnhealthyThresholdCount', 2);
      if (grace === undefined || interval === undefined || threshold === undefined) continue;
      if (grace + interval * threshold >= start) continue;
      context.found({
        resource: service,
        title: `${service.name} may need ${start} s to start, and is stopped as unhealthy after ${grace + interval * threshold} s`,
        fix: `Set HealthCheckGracePeriodSeconds of ${service.name} to ${start} or more.`,
        evidence: [
          { at: propertyOf(service, 'HealthCheckGracePeriodSeconds'), shows: `${grace} s` },
          { at: propertyOf(task, 'ContainerDefinitions'), shows: `StartPeriod ${start} s` },
          { at: group?.id ?? service.id, shows: `${threshold} failed checks, ${interval} s apart` },
        ],
      });
    }
  },
};
