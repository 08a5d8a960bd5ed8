/** Turns on the deployment circuit breaker: ECS rolls back a version that does not start. */

import { flagAt } from '../../../architecture/index.ts';
import { manual, rollback } from '../options.ts';
import { type Change, proposalFor } from './model.ts';

export const circuitBreaker: Change = {
  id: 'circuit-breaker',
  propose: (component, { context }) => {
    const { resource } = component;
    if (resource.type !== 'AWS::ECS::Service') return undefined;
    const breaker = 'DeploymentConfiguration.DeploymentCircuitBreaker';
    if (
      flagAt(resource.properties, `${breaker}.Enable`) === true &&
      flagAt(resource.properties, `${breaker}.Rollback`) === true
    )
      return undefined;
    return proposalFor(
      'circuit-breaker',
      component,
      {
        title: `Let failed deployments of ${component.resource.name} go back by themselves`,
        how: 'DeploymentConfiguration.DeploymentCircuitBreaker: { Enable: true, Rollback: true } (CDK: circuitBreaker: { rollback: true })',
        prices: [],
      },
      [
        manual(
          ['bad-deploy'],
          'goes back by itself when the new tasks do not start; a version that starts and answers wrongly must be put back by a person',
          [rollback(context.inputs)],
        ),
      ],
    );
  },
};
