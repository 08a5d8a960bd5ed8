/**
 * Whether a security group that is open to everybody is the door of a public load balancer, which is what such a
 * balancer is for: all its members are internet-facing balancers, and only 80 and 443 are open to everybody.
 */
import {
  type Architecture,
  groupIdsOf,
  isAnywhere,
  networkOf,
  type Resource,
  textAt,
} from '../../../architecture/index.ts';

export function isPublicFront(found: Resource | undefined, app: Architecture): boolean {
  if (found === undefined) return false;
  const groups =
    found.type === 'AWS::EC2::SecurityGroup'
      ? [found]
      : found.uses.map(({ to }) => to).filter(({ type }) => type === 'AWS::EC2::SecurityGroup');
  const network = networkOf(app);
  return groups.length > 0 && groups.every((group) => isFrontGroup(group, network));
}

function isFrontGroup(group: Resource, network: ReturnType<typeof networkOf>): boolean {
  const members = group.usedBy
    .map(({ to }) => to)
    .filter((user) => network.groups(groupIdsOf(user)).includes(group));
  const open = network.ingress(group).filter(({ peer }) => isAnywhere(peer));
  return (
    members.length > 0 &&
    members.every(
      (member) =>
        member.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' &&
        textAt(member.properties, 'Scheme') === 'internet-facing',
    ) &&
    open.every(({ protocol, from, to }) => protocol === 'tcp' && from === to && (from === 80 || from === 443))
  );
}
