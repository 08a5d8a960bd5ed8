/** ECS services, on Fargate or on instances. */
import {
  type Architecture,
  consumedBy,
  flagAt,
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  scalingOf,
  storeKind,
  subnetIdsOf,
  textAt,
} from '../../../architecture/index.ts';
import { fact, guess, part, steps } from '../figures.ts';
import type { ComponentModel, Context, Doubt, RecoveryOption } from '../model.ts';
import { automatic, doubtOf, manual, redeploy, rollback } from '../options.ts';
import type { TimePart } from '../report.ts';
import { optionsOfCopies } from '../running-copies.ts';
import { zonesOf } from '../zones.ts';

export const ecsService: ComponentModel = {
  types: ['AWS::ECS::Service'],
  read: (resource, context) => {
    const doubts: Doubt[] = [];
    const copies = tasksOf(context.app, resource, doubts);
    const subnets = subnetIdsOf(resource);
    const found = zonesOf(context.app, subnets);
    if (found.unknown.length > 0 && found.zones.length < 2)
      doubts.push({
        scenarios: ['lost-zone'],
        what: `the zones of ${found.unknown.join(', ')} are not in the template`,
      });
    const fargate = isFargate(resource);
    // Tasks on instances run in the zones of the instances, so of the cluster's Auto Scaling groups.
    const zones = fargate || subnets.length > 0 ? found.zones : clusterZones(resource, context);
    const isDaemon = textAt(resource.properties, 'SchedulingStrategy') === 'DAEMON';
    const options = optionsOfCopies({
      what: 'task',
      copies: isDaemon ? Math.max(2, zones.length) : copies,
      zones: Math.max(1, zones.length),
      takeOver: takeOverOf(resource, context),
      replace: [fargate ? steps.fargateTask : steps.ec2Task],
      otherZone: [redeploy(context.inputs, 'adds a subnet in another zone and deploys')],
    });
    return {
      kind: 'compute',
      label: fargate ? 'Fargate service' : 'ECS service',
      data: 'none',
      options: [...options, ...deploymentOptions(resource, context)],
      doubts,
      copies,
      ...(zones.length === 0 ? {} : { zones }),
    };
  },
};

/** The least number of tasks: the minimum of its scaling, when it scales. */
function tasksOf(app: Architecture, resource: Resource, doubts: Doubt[]): number {
  const scaled = scalingOf(app, resource)
    .bounds.map((target) => numberAt(target.properties, 'MinCapacity'))
    .find((min) => min !== undefined);
  const desired = scaled ?? numberAt(resource.properties, 'DesiredCount') ?? 1;
  if (!isUnresolved(desired)) return desired;
  doubts.push(doubtOf(['lost-instance', 'lost-zone'], `${resource.name}/DesiredCount`, desired));
  return 1;
}

function isFargate(resource: Resource): boolean {
  if (textAt(resource.properties, 'LaunchType') === 'FARGATE') return true;
  return listAt(resource.properties, 'CapacityProviderStrategy').some((entry) => {
    const provider = textAt(entry, 'CapacityProvider');
    return typeof provider === 'string' && provider.startsWith('FARGATE');
  });
}

function clusterZones(resource: Resource, context: Context): readonly string[] {
  const groups = context.app.ofType('AWS::AutoScaling::AutoScalingGroup');
  const cluster = textAt(resource.properties, 'Cluster');
  const named = typeof cluster === 'string' ? context.app.named(cluster) : undefined;
  const providers = named?.usedBy.map(({ to }) => to) ?? [];
  const own = groups.filter((group) => group.usedBy.some(({ to }) => providers.includes(to)));
  return (own.length > 0 ? own : groups).flatMap((group) => zonesOf(context.app, subnetIdsOf(group)).zones);
}

/** The queues whose messages the service takes. */
export const queuesOf = (app: Architecture, service: Resource): readonly Resource[] =>
  consumedBy(app, service).filter((source) => storeKind(source) === 'queue');

/** Until other tasks do its work: behind a load balancer until the health check fails, from a queue until messages are visible again; otherwise at once. */
export function takeOverOf(resource: Resource, context: Context): readonly TimePart[] {
  if (listAt(resource.properties, 'LoadBalancers').length > 0) return [steps.targetFoundUnhealthy];
  const timeouts = queuesOf(context.app, resource).map((queue) => {
    const timeout = numberAt(queue.properties, 'VisibilityTimeout') ?? 30;
    return { queue, seconds: typeof timeout === 'number' ? timeout : 30 };
  });
  const [longest] = timeouts.sort((a, b) => b.seconds - a.seconds);
  return longest === undefined
    ? []
    : [steps.visibility(longest.seconds, `${longest.queue.id}/Properties/VisibilityTimeout`)];
}

const stopDeployment = part(
  'a person stops the deployment, which CloudFormation would wait for',
  60,
  900,
  guess('1–15 min; without a circuit breaker CloudFormation waits up to 3 h for the service to be stable'),
);

function deploymentOptions(resource: Resource, context: Context): RecoveryOption[] {
  const { properties } = resource;
  const breaker = flagAt(properties, 'DeploymentConfiguration.DeploymentCircuitBreaker.Enable') === true;
  const goesBack = flagAt(properties, 'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback') === true;
  const alarms =
    flagAt(properties, 'DeploymentConfiguration.Alarms.Enable') === true &&
    flagAt(properties, 'DeploymentConfiguration.Alarms.Rollback') === true;
  if (alarms)
    return [
      automatic(['bad-deploy'], 'goes back when the alarm of the deployment fires', [
        part(
          'the alarm fires and the deployment is rolled back',
          60,
          600,
          fact(
            'rolls back when a named alarm fires during the deployment or its bake time',
            'AmazonECS/latest/developerguide/deployment-alarm-failure.html',
          ),
        ),
      ]),
    ];
  if (breaker && goesBack)
    return [
      manual(
        ['bad-deploy'],
        'goes back by itself when the new tasks do not start; a version that starts and answers wrongly must be put ' +
          'back by a person',
        [rollback(context.inputs)],
      ),
    ];
  return [
    manual(['bad-deploy'], 'is put back by a person, who must first stop the deployment', [
      stopDeployment,
      rollback(context.inputs),
    ]),
  ];
}
