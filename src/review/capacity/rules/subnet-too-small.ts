/** Tasks have an address each: at most, and while a deployment runs both versions, they must fit into their subnets. */

import { namedAt, textAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { num } from '../simulator/quantity.ts';
import { knownNumber } from './known-number.ts';
import { nodesOf } from './model-queries.ts';

/** AWS reserves five addresses of each subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const reservedAddresses = 5;

export const subnetTooSmall: Rule = {
  id: 'subnets-too-small',
  area: 'capacity',
  title: 'The subnets have an address for every task that may run',
  severity: 'medium',
  why: 'Without a free address a task does not start: scaling out and deployments stop there.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html',
  check(context) {
    for (const { node, resource, label } of nodesOf(context.app, 'workers')) {
      const subnets = namedAt(context.app, resource, 'NetworkConfiguration.AwsvpcConfiguration.Subnets').map(
        ({ to }) => to,
      );
      if (subnets.length === 0) continue;
      context.checked();
      const sizes = subnets.map((subnet) => {
        const cidr = textAt(subnet.properties, 'CidrBlock');
        const bits = typeof cidr === 'string' ? /\/(\d+)$/.exec(cidr)?.[1] : undefined;
        return bits === undefined ? undefined : 2 ** (32 - Number(bits)) - reservedAddresses;
      });
      const counted = sizes.filter((size) => size !== undefined);
      if (counted.length < sizes.length) {
        context.unclear({
          resource,
          what: 'the size of its subnets',
          because: 'a CidrBlock is not known before deployment',
        });
        continue;
      }
      const percent = knownNumber(context, resource, 'DeploymentConfiguration.MaximumPercent', 200);
      if (percent === undefined) continue;
      const room = counted.reduce((sum, size) => sum + size, 0);
      const tasks = Math.ceil((num(node.max) * Math.max(percent, 100)) / 100);
      if (tasks <= room) continue;
      context.found({
        resource,
        title: `${label} may run ${tasks} tasks during a deployment; its subnets have ${room} addresses`,
        fix: 'Use larger subnets, or lower MaxCapacity or MaximumPercent.',
        evidence: subnets.map((subnet, index) => ({
          at: `${subnet.id}/Properties/CidrBlock`,
          shows: `${sizes[index]} addresses`,
        })),
      });
    }
  },
};
