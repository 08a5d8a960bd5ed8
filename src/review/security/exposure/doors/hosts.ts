/** Instances, groups of them and tasks with a public address in a public subnet that a security group lets in to. */

import type { Resolved } from '../../../../architecture/app/model.ts';
import {
  flagAt,
  groupIdsOf,
  isAnywhere,
  isUnresolved,
  listAt,
  portsOf,
  type Resource,
  valueAt,
} from '../../../../architecture/index.ts';
import type { DoorContext, DoorKind } from '../door.ts';

interface Host {
  readonly resource: Resource;
  readonly subnets: readonly Resolved[];
  readonly groups: readonly Resource[];
  /** undefined: as the subnet says. */
  readonly isPublic: boolean | undefined;
}

/** `AssociatePublicIpAddress` of the first network interface. */
const interfaceFlag = (value: Resolved | undefined): boolean | undefined => {
  const flag = flagAt(listAt(value, 'NetworkInterfaces')[0], 'AssociatePublicIpAddress');
  return typeof flag === 'boolean' ? flag : undefined;
};

function* hostsOf({ app, network }: DoorContext): Generator<Host> {
  for (const resource of app.ofType('AWS::EC2::Instance'))
    yield {
      resource,
      subnets: [
        ...listAt(resource.properties, 'SubnetId'),
        ...listAt(resource.properties, 'NetworkInterfaces.0.SubnetId'),
      ],
      groups: network.groups(groupIdsOf(resource)),
      isPublic: interfaceFlag(resource.properties),
    };
  for (const resource of app.ofType('AWS::AutoScaling::AutoScalingGroup')) {
    const template = app
      .namedIn([
        resource.properties.LaunchTemplate ?? null,
        resource.properties.LaunchConfigurationName ?? null,
      ])
      .find(({ type }) => /Launch(Template|Configuration)$/.test(type));
    if (template === undefined) continue;
    const flag = flagAt(template.properties, 'AssociatePublicIpAddress');
    const isSet = interfaceFlag(valueAt(template.properties, 'LaunchTemplateData'));
    yield {
      resource,
      subnets: listAt(resource.properties, 'VPCZoneIdentifier'),
      groups: network.groups(groupIdsOf(template)),
      isPublic: isSet ?? (typeof flag === 'boolean' ? flag : undefined),
    };
  }
  for (const resource of app.ofType('AWS::ECS::Service')) {
    const path = 'NetworkConfiguration.AwsvpcConfiguration';
    yield {
      resource,
      subnets: listAt(resource.properties, `${path}.Subnets`),
      groups: network.groups(groupIdsOf(resource)),
      isPublic: valueAt(resource.properties, `${path}.AssignPublicIp`) === 'ENABLED',
    };
  }
}

/** Subnets say whether instances get a public address unless they say so themselves. */
function mapsPublic({ app }: DoorContext, id: Resolved): boolean {
  const subnet = typeof id === 'string' ? app.named(id) : undefined;
  return subnet !== undefined && flagAt(subnet.properties, 'MapPublicIpOnLaunch') === true;
}

export const hosts: DoorKind = (context) => {
  for (const { resource, subnets, groups, isPublic } of hostsOf(context)) {
    if (isPublic === false) continue;
    const open = subnets.filter((id) => context.network.subnet(id) === 'public');
    if (open.length === 0) {
      if (subnets.some((id) => isUnresolved(id)) && isPublic === true)
        context.unclear(resource, 'whether its subnets are public', 'they could not be resolved');
      continue;
    }
    if (isPublic === undefined && !open.some((id) => mapsPublic(context, id))) continue;
    for (const group of groups)
      for (const rule of context.network.ingress(group)) {
        if (!isAnywhere(rule.peer)) continue;
        context.door({
          kind: 'host',
          resource,
          what: portsOf(rule),
          opens: { at: rule.path, shows: `${portsOf(rule)} from ${rule.peer}` },
          guards: [],
          writes: true,
          next: [],
        });
      }
  }
};
