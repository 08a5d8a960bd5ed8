/** Log groups and trails. No request needs them. */
import { severalZones } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { unaffected } from '../options.ts';
import { isRetained, retainedByPolicy } from '../stored-data.ts';

export const logGroup: ComponentModel = {
  types: ['AWS::Logs::LogGroup', 'AWS::CloudTrail::Trail'],
  read: (resource) => ({
    kind: 'logs',
    label: resource.type === 'AWS::Logs::LogGroup' ? 'log group' : 'trail',
    data: 'rebuildable',
    options: [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is kept in several zones',
        severalZones.generic('AmazonCloudWatch/latest/logs/disaster-recovery-resiliency.html'),
      ),
      ...(isRetained(resource) ? [retainedByPolicy(resource)] : []),
    ],
  }),
};
