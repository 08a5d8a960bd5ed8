/** Single points of failure, such as one zone, one copy or one gateway, and the components that stop with each. */
import { resourceRef } from '../../architecture/index.ts';
import type { Component } from './model.ts';
import type { System } from './read-components.ts';
import type { SinglePoint } from './report.ts';

interface Weakness {
  readonly what: string;
  readonly fix: string;
}

export function singlePoints({ components, paths }: System): SinglePoint[] {
  const points = components.flatMap((component): SinglePoint[] => {
    const weakness = weaknessOf(component);
    if (weakness === undefined) return [];
    const stops = dependants(component.id, paths.needs);
    const others = stops.length - 1;
    return [
      {
        resource: resourceRef(component.resource),
        what: `${component.label}: ${weakness.what}`,
        takesDown:
          others === 0
            ? 'itself only'
            : others === 1
              ? 'itself and one component that needs it'
              : `itself and ${others} components that need it`,
        fix: weakness.fix,
        components: stops,
      },
    ];
  });
  return points.sort((a, b) => b.components.length - a.components.length);
}

function dependants(id: string, needs: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found = new Set([id]);
  for (const here of found) for (const [user, needed] of needs) if (needed.has(here)) found.add(user);
  return [...found];
}

function weaknessOf(component: Component): Weakness | undefined {
  const { resource, copies, zones, kind, label } = component;
  const oneZone = zones !== undefined && zones.length === 1;
  if (resource.type === 'AWS::EC2::NatGateway' && oneZone)
    return {
      what: `all private subnets reach the internet through ${component.members.length === 1 ? 'one gateway' : 'gateways'} in one zone`,
      fix: 'Give each zone its own NAT gateway (CDK: natGateways: <number of zones>), or reach AWS through VPC endpoints.',
    };
  if (resource.type === 'AWS::RDS::DBInstance' && copies === 1)
    return { what: 'one instance in one zone', fix: 'Set MultiAZ: true (CDK: multiAz: true).' };
  if (/DBCluster$/.test(resource.type) && copies === 1)
    return {
      what: 'one writer and no reader',
      fix: 'Add an instance of the cluster in another zone (CDK: readers: [ClusterInstance…]).',
    };
  if (kind === 'cache' && copies === 1)
    return {
      what: 'one node',
      fix: 'Use a replication group with AutomaticFailoverEnabled, MultiAZEnabled and a replica (NumCacheClusters: 2).',
    };
  if (label === 'Fargate service' || label === 'ECS service')
    return copies !== undefined && copies < 2
      ? {
          what: copies === 0 ? 'no task until work arrives' : 'one task',
          fix: 'Set the least number of tasks to 2 (DesiredCount and the scaling target’s MinCapacity).',
        }
      : oneZone
        ? { what: 'all tasks in one zone', fix: 'Name subnets of two zones in NetworkConfiguration.' }
        : undefined;
  if (copies === 1 && (kind === 'compute' || kind === 'model-endpoint' || label === 'OpenSearch domain'))
    return {
      what: 'one instance',
      fix:
        label === 'EC2 instance'
          ? 'Put it into an Auto Scaling group over two zones with a MinSize of 2, and its data on EFS, S3 or a database.'
          : 'Run at least two, in two zones.',
    };
  if (label === 'OpenSearch collection' && oneZone)
    return {
      what: 'no standby replicas',
      fix: 'Set StandbyReplicas: ENABLED; it must be chosen when the collection is made.',
    };
  if (oneZone) return { what: `everything in ${zones[0]}`, fix: 'Use subnets of at least two zones.' };
  return undefined;
}
