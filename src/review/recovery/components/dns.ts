/** Route 53 hosted zones. */
import { severalZones } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { unaffected } from '../options.ts';

export const hostedZone: ComponentModel = {
  types: ['AWS::Route53::HostedZone'],
  read: () => ({
    kind: 'dns',
    label: 'hosted zone',
    data: 'none',
    options: [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone', 'lost-region'],
        'is answered from name servers around the world',
        severalZones.route53,
      ),
    ],
  }),
};
