/** The NAT gateways of a VPC, as one component. A gateway is in one zone; subnets that route through it stop with that zone. */
import { listAt, type Resource, textAt } from '../../../architecture/index.ts';
import { fact, severalZones, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { manual, unaffected } from '../options.ts';
import { zonesOf } from '../zones.ts';

export const natGateway: ComponentModel = {
  types: ['AWS::EC2::NatGateway'],
  read: (resource, { app }) => {
    const vpc = vpcOf(resource);
    const siblings = app
      .ofType('AWS::EC2::NatGateway')
      .filter((other) => other === resource || (vpc !== undefined && vpcOf(other) === vpc));
    if (siblings[0] !== resource) return undefined;
    const zones = [...new Set(siblings.flatMap((nat) => zonesOf(app, nat.properties.SubnetId).zones))];
    const page = 'vpc/latest/userguide/nat-gateway-basics.html';
    const basis = fact('redundant inside its zone; a gateway in each zone makes the zones independent', page);
    return {
      kind: 'network',
      label: siblings.length === 1 ? 'NAT gateway' : 'NAT gateways',
      data: 'none',
      members: siblings,
      options: [
        unaffected(
          ['software-fault', 'lost-instance'],
          'is redundant inside its zone',
          severalZones.generic(page),
        ),
        zones.length > 1
          ? unaffected(['lost-zone'], 'has one in another zone, which the subnets there use', basis)
          : manual(['lost-zone'], 'is made again in another zone', [steps.natReplaced], null, [basis]),
      ],
      zones,
      copies: siblings.length,
    };
  },
};

function vpcOf(nat: Resource): string | undefined {
  const subnet = nat.uses.map(({ to }) => to).find(({ type }) => type === 'AWS::EC2::Subnet');
  const vpc = subnet === undefined ? undefined : textAt(subnet.properties, 'VpcId');
  return typeof vpc === 'string' ? vpc : String(listAt(subnet?.properties, 'VpcId')[0] ?? '') || undefined;
}
