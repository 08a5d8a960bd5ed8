/** Groups of EC2 instances that replace what is lost. */
import { isUnresolved, numberAt, valueAt } from '../../../architecture/index.ts';
import { steps } from '../figures.ts';
import type { ComponentModel, Doubt } from '../model.ts';
import { servingWays } from '../serving.ts';
import { doubt, redeploy } from '../ways.ts';
import { zonesOf } from '../zones.ts';

export const autoScalingGroup: ComponentModel = {
  types: ['AWS::AutoScaling::AutoScalingGroup'],
  read: (resource, context) => {
    const doubts: Doubt[] = [];
    const min = numberAt(resource.properties, 'MinSize') ?? 1;
    if (isUnresolved(min))
      doubts.push(doubt(['lost-instance', 'lost-zone'], `${resource.name}/MinSize`, min));
    const copies = isUnresolved(min) ? 1 : min;
    const { zones, unknown } = zonesOf(context.app, valueAt(resource.properties, 'VPCZoneIdentifier'));
    if (zones.length < 2 && unknown.length > 0)
      doubts.push({ for: ['lost-zone'], what: `the zones of ${unknown.join(', ')} are not in the template` });
    return {
      kind: 'compute',
      label: 'Auto Scaling group',
      data: 'none',
      ways: servingWays({
        what: 'instance',
        copies,
        zones: Math.max(1, zones.length),
        takeOver: [steps.loadBalancerLetsGo],
        replace: [steps.instanceReplaced],
        otherZone: [redeploy(context.inputs, 'adds a subnet in another zone and deploys')],
      }),
      doubts,
      copies,
      ...(zones.length === 0 ? {} : { zones }),
    };
  },
};
