/** Auto Scaling groups, which replace instances that are lost. */
import { isUnresolved, numberAt, subnetIdsOf } from '../../../architecture/index.ts';
import { steps } from '../figures.ts';
import type { ComponentModel, Doubt } from '../model.ts';
import { doubtOf, redeploy } from '../options.ts';
import { optionsOfCopies } from '../running-copies.ts';
import { zonesOf } from '../zones.ts';

export const autoScalingGroup: ComponentModel = {
  types: ['AWS::AutoScaling::AutoScalingGroup'],
  read: (resource, context) => {
    const doubts: Doubt[] = [];
    const min = numberAt(resource.properties, 'MinSize') ?? 1;
    if (isUnresolved(min))
      doubts.push(doubtOf(['lost-instance', 'lost-zone'], `${resource.name}/MinSize`, min));
    const copies = isUnresolved(min) ? 1 : min;
    const { zones, unknown } = zonesOf(context.app, subnetIdsOf(resource));
    if (zones.length < 2 && unknown.length > 0)
      doubts.push({
        scenarios: ['lost-zone'],
        what: `the zones of ${unknown.join(', ')} are not in the template`,
      });
    return {
      kind: 'compute',
      label: 'Auto Scaling group',
      data: 'none',
      options: optionsOfCopies({
        what: 'instance',
        copies,
        zones: Math.max(1, zones.length),
        takeOver: [steps.targetFoundUnhealthy],
        replace: [steps.instanceReplaced],
        otherZone: [redeploy(context.inputs, 'adds a subnet in another zone and deploys')],
      }),
      doubts,
      copies,
      ...(zones.length === 0 ? {} : { zones }),
    };
  },
};
