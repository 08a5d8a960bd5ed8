/** Adds a NAT gateway in a second zone. */
import { fact } from '../figures.ts';
import { unaffected } from '../options.ts';
import { type Change, fromTemplate, hoursPerMonth, proposalFor } from './model.ts';

export const natPerZone: Change = {
  id: 'nat-per-zone',
  propose: (component) => {
    if (component.resource.type !== 'AWS::EC2::NatGateway' || (component.zones?.length ?? 0) > 1)
      return undefined;
    return proposalFor(
      'nat-per-zone',
      component,
      {
        title: `Add a NAT gateway in a second zone beside ${component.resource.name}`,
        how: 'One AWS::EC2::NatGateway per zone, each the default route of its own zone’s subnets (CDK: natGateways: 2)',
        prices: [
          {
            priceId: 'vpc.nat-gateway.hours',
            what: 'the second gateway',
            quantity: hoursPerMonth,
            basis: fromTemplate('730 h a month', component.resource, 'SubnetId'),
          },
        ],
      },
      [
        unaffected(
          ['lost-zone'],
          'has one in another zone, which the subnets there use',
          fact(
            'a gateway in each zone makes the zones independent',
            'vpc/latest/userguide/nat-gateway-basics.html',
          ),
        ),
      ],
    );
  },
};
