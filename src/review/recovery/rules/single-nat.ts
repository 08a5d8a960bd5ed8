/** VPCs whose NAT gateways are all in one zone. */
import { natGateway } from '../components/nat-gateway.ts';
import { readSystem } from '../read-components.ts';
import { recoveryRule } from './property-rule.ts';

export const singleNat = recoveryRule({
  id: 'single-nat',
  severity: 'medium',
  title: 'Each zone has its own NAT gateway',
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
        title: `All private subnets reach the internet through ${component.resource.name} in ${component.zones[0]}`,
        fix: 'One NAT gateway per zone (CDK: natGateways: <zones>), or VPC endpoints in place of it',
        evidence: component.members.map(({ id }) => ({ at: id, shows: 'AWS::EC2::NatGateway' })),
      });
    }
  },
});
