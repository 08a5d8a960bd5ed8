/** EKS: AWS runs the control plane over three zones; node groups are instances. Workloads in the cluster are not in the template. */
import { numberAt, valueAt } from '../../../architecture/index.ts';
import { severalZones, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { redeploy, unaffected } from '../options.ts';
import { optionsOfCopies } from '../running-copies.ts';
import { zonesOf } from '../zones.ts';

export const kubernetesCluster: ComponentModel = {
  types: ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'],
  read: () => ({
    kind: 'compute',
    label: 'EKS control plane',
    data: 'kept',
    options: [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'keeps its state in three zones and replaces what is unhealthy',
        severalZones.generic('eks/latest/userguide/disaster-recovery-resiliency.html'),
      ),
    ],
  }),
};

export const kubernetesNodes: ComponentModel = {
  types: ['AWS::EKS::Nodegroup'],
  read: (resource, context) => {
    const min = numberAt(resource.properties, 'ScalingConfig.MinSize') ?? 1;
    const { zones } = zonesOf(context.app, valueAt(resource.properties, 'Subnets'));
    const copies = typeof min === 'number' ? min : 1;
    return {
      kind: 'compute',
      label: 'EKS node group',
      data: 'none',
      options: optionsOfCopies({
        what: 'node',
        copies,
        zones: Math.max(1, zones.length),
        takeOver: [steps.targetFoundUnhealthy],
        replace: [steps.instanceReplaced],
        otherZone: [redeploy(context.inputs, 'adds a subnet in another zone and deploys')],
      }),
      doubts:
        typeof min === 'number' ? [] : [{ scenarios: ['lost-instance', 'lost-zone'], what: min.reason }],
      copies,
      ...(zones.length === 0 ? {} : { zones }),
    };
  },
};
