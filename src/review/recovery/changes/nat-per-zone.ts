/** A NAT gateway in a second zone. */
import { fact } from '../figures.ts';
import { unfelt } from '../ways.ts';
import { type Change, hours, one, template } from './model.ts';

export const natPerZone: Change = {
  id: 'nat-per-zone',
  propose: (component) => {
    if (component.resource.type !== 'AWS::EC2::NatGateway' || (component.zones?.length ?? 0) > 1)
      return undefined;
    return one(
      'nat-per-zone',
      component,
      {
        title: `Add a NAT gateway in a second zone beside ${component.resource.name}`,
        how: 'One AWS::EC2::NatGateway per zone, each the default route of its own zone’s subnets (CDK: natGateways: 2)',
        prices: [
          {
            priceId: 'vpc.nat-gateway.hours',
            what: 'the second gateway',
            quantity: hours,
            basis: template('730 h a month', component.resource, 'SubnetId'),
          },
        ],
      },
      [
        unfelt(
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
