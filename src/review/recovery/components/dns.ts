/** Route 53 hosted zones. */
import { spread } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { unfelt } from '../ways.ts';

export const hostedZone: ComponentModel = {
  types: ['AWS::Route53::HostedZone'],
  read: () => ({
    kind: 'dns',
    label: 'hosted zone',
    data: 'none',
    ways: [
      unfelt(
        ['software-fault', 'lost-instance', 'lost-zone', 'lost-region'],
        'is answered from name servers around the world',
        spread.route53,
      ),
    ],
  }),
};
