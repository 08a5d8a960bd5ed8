/** Log groups and trails: nobody's request stops without them, but an investigation does. */
import { spread } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { keeps, keptByPolicy } from '../stored.ts';
import { unfelt } from '../ways.ts';

export const logGroup: ComponentModel = {
  types: ['AWS::Logs::LogGroup', 'AWS::CloudTrail::Trail'],
  read: (resource) => ({
    kind: 'logs',
    label: resource.type === 'AWS::Logs::LogGroup' ? 'log group' : 'trail',
    data: 'rebuildable',
    ways: [
      unfelt(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is kept in several zones',
        spread.generic('AmazonCloudWatch/latest/logs/disaster-recovery-resiliency.html'),
      ),
      ...(keeps(resource) ? [keptByPolicy(resource)] : []),
    ],
  }),
};
