/** A second availability zone for what runs in one. */
import { steps } from '../figures.ts';
import { automatic } from '../options.ts';
import { type Change, proposalFor } from './model.ts';

const placed = new Set([
  'AWS::ECS::Service',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EKS::Nodegroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
]);

export const secondZone: Change = {
  id: 'second-zone',
  propose: (component) => {
    if (!placed.has(component.resource.type) || component.zones === undefined || component.zones.length !== 1)
      return undefined;
    const replace =
      component.label === 'Fargate service'
        ? steps.fargateTask
        : component.label === 'ECS service'
          ? steps.ec2Task
          : component.label === 'load balancer'
            ? steps.targetFoundUnhealthy
            : steps.instanceReplaced;
    return proposalFor(
      'second-zone',
      component,
      {
        title: `Let ${component.resource.name} run in two zones`,
        how: 'Name subnets of two availability zones (CDK: maxAzs: 2 or more, vpcSubnets over all of them)',
        prices: [],
      },
      [automatic(['lost-zone'], 'starts again in the other zone', [replace])],
    );
  },
};
