/** All private subnets behind a gateway in one zone. */
import { natGateway } from '../components/nat-gateway.ts';
import { readSystem } from '../read.ts';
import { customRule } from './kit.ts';

export const singleNat = customRule({
  id: 'single-nat',
  severity: 'medium',
  title: 'Each zone has its own way out',
  why: 'When the zone of the only NAT gateway fails, what runs in the other zones cannot reach AWS or the internet.',
  reference: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html',
  check: (context) => {
    const [type = ''] = natGateway.types;
    if (context.app.ofType(type).length === 0) return;
    for (const component of readSystem(context.app, {}).components) {
      if (component.resource.type !== type) continue;
      context.checked();
      if (component.zones?.length !== 1) continue;
      context.found({
        resource: component.resource,
        title: `All private subnets leave through ${component.resource.name} in ${component.zones[0]}`,
        fix: 'One NAT gateway per zone (CDK: natGateways: <zones>), or VPC endpoints in place of it',
        evidence: component.members.map(({ id }) => ({ at: id, shows: 'AWS::EC2::NatGateway' })),
      });
    }
  },
});
