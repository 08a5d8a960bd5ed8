/** Services on Fargate: https://aws.amazon.com/fargate/pricing/ . On EC2 a service costs what its instances cost. */
import {
  type Architecture,
  computes,
  configurationOf,
  type Resource,
  scalingOf,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { type Amount, computed, constant, counted, numberText, times } from '../amount.ts';
import { jobsOf } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { assumption, freeOfCharge, type Item, line, type Pricer, unpriced, unresolvedItem } from './model.ts';
import { mapsIn, read } from './properties.ts';
import { assumed, derived, each, monthly, oncePerUse, sumOf } from './questions.ts';

/** Target tracking and step scaling are set so that tasks are seldom more than this busy. */
const busyShare = 0.7;

interface Range {
  readonly min: number;
  readonly max: number;
}

/** As many as the work takes, between what the scaling allows. */
export function instancesFor(work: Amount, seconds: Amount, { min, max }: Range, what: string): Amount {
  const needed = (uses: number) =>
    (work.quantity(uses) * seconds.quantity(uses)) / 3600 / hoursPerMonth / busyShare;
  const at = (uses: number) => Math.min(max, Math.max(min, needed(uses)));
  return computed(at, ({ uses }) => {
    if (min === max) return counted(min, what);
    const need = needed(uses);
    const reason =
      need <= min
        ? `the minimum; the work takes ${numberText(need)}`
        : need >= max
          ? `the maximum; the work takes ${numberText(need)}`
          : `the work at ${busyShare * 100} % busy`;
    return `${counted(at(uses), what)} on average (${reason})`;
  });
}

/** `bounds`: its scalable target, where it has one. */
export function rangeOf(
  bounds: Resource | undefined,
  desired: number | undefined,
): { readonly range?: Range; readonly missing: readonly Item[] } {
  if (bounds === undefined)
    return desired === undefined ? { missing: [] } : { range: { min: desired, max: desired }, missing: [] };
  const { number, missing } = read(bounds);
  const min = number('MinCapacity', 0);
  const max = number('MaxCapacity', min ?? 0);
  return min === undefined || max === undefined ? { missing } : { range: { min, max }, missing };
}

const rangeOfService = (service: Resource, app: Architecture) => {
  const { number, missing } = read(service);
  const found = rangeOf(scalingOf(app, service).bounds[0], number('DesiredCount', 1));
  return { range: found.range, missing: [...missing, ...found.missing] };
};

export const ecsService: Pricer = {
  types: ['AWS::ECS::Service'],
  work: 'jobs',
  questions: (service) => [
    monthly('jobs', 'Requests or jobs that its tasks handle', 'job', (flow) => {
      const jobs = jobsOf(service, flow);
      return jobs.length === 0 ? oncePerUse('job', flow) : sumOf(jobs, 'job', 'each message or request of');
    }),
    each(
      'secondsPerJob',
      'How long a task is busy with one',
      'second',
      1,
      'it matters only when the work exceeds the minimum of tasks',
    ),
    {
      key: 'instances',
      asks: 'Tasks running on average',
      unit: 'task',
      kind: 'each',
      defaultAnswer: (flow) => {
        const { range } = rangeOfService(service, flow.app);
        const amount = instancesFor(
          flow.of(service, 'jobs'),
          flow.of(service, 'secondsPerJob'),
          range ?? { min: 1, max: 1 },
          'task',
        );
        return derived(amount, 'as many as the work takes, between the minimum and maximum of its scaling');
      },
    },
  ],
  items: (service, flow) => {
    const { missing } = rangeOfService(service, flow.app);
    const launch = launchOf(service, flow.app);
    if (launch === undefined)
      return [
        freeOfCharge(
          'its tasks run on EC2 instances, which are counted by themselves',
          'https://aws.amazon.com/ecs/pricing/',
        ),
        ...missing,
      ];
    const definition = configurationOf(flow.app, service);
    if (definition === service)
      return [
        unpriced('Fargate tasks', 'its task definition is not in the template', undefined, 'unresolved'),
        ...missing,
      ];
    if (missing.length > 0) return missing;
    const hours = times(flow.of(service, 'instances'), hoursPerMonth, `${hoursPerMonth} hours`);
    return [...fargateLines(definition, hours, launch.spotShare), ...addressLines(service, hours)];
  },
};

/** vCPU, memory and storage of a task for so many hours. */
function fargateLines(definition: Resource, hours: Amount, spotShare = 0): readonly Item[] {
  const { text, number, missing } = read(definition);
  // A task definition says 256, '256' or '.25 vCPU'.
  const cpu = sizeOf(text('Cpu', '256'), 'vCPU');
  const memory = sizeOf(text('Memory', '512'), 'GB');
  const storage = number('EphemeralStorage.SizeInGiB', 20);
  const items: Item[] = [...missing];
  if (cpu === undefined && missing.length === 0)
    items.push(unresolvedItem('Cpu', 'it is neither a number of CPU units nor of vCPUs'));
  const arm = textAt(definition.properties, 'RuntimePlatform.CpuArchitecture') === 'ARM64' ? '.arm64' : '';
  if (
    textAt(definition.properties, 'RuntimePlatform.OperatingSystemFamily')?.toString().startsWith('WINDOWS')
  ) {
    items.push(
      unpriced(
        'Windows tasks',
        'the price table has Linux tasks only (https://aws.amazon.com/fargate/pricing/)',
        hours,
      ),
    );
    return items;
  }
  const regular =
    spotShare === 0 ? hours : times(hours, 1 - spotShare, `${(1 - spotShare) * 100} % on demand`);
  if (cpu !== undefined && memory !== undefined && spotShare < 1)
    items.push(
      line(`fargate.vcpu${arm}`, times(regular, cpu, `${cpu} vCPU`)),
      line(`fargate.memory${arm}`, times(regular, memory, `${memory} GB`)),
    );
  if (cpu !== undefined && spotShare > 0)
    items.push(line('fargate.spot', times(hours, spotShare, `${spotShare * 100} % on Spot`)));
  // 20 GB are included.
  if (storage !== undefined && storage > 20)
    items.push(
      line(
        'fargate.ephemeral-storage',
        times(hours, storage - 20, `${storage - 20} GB over the 20 included`),
      ),
    );
  return items;
}

function sizeOf(text: string | undefined, unit: 'vCPU' | 'GB'): number | undefined {
  const found = /^\s*([\d.]+)\s*([a-zA-Z]*)\s*$/.exec(text ?? '');
  if (found === null) return undefined;
  const value = Number(found[1]);
  return (found[2] ?? '').toLowerCase() === unit.toLowerCase() ? value : value / 1024;
}

/** Since February 2024 each public IPv4 address is paid: https://aws.amazon.com/vpc/pricing/ */
function addressLines(service: Resource, hours: Amount): readonly Item[] {
  const assign = valueAt(service.properties, 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp');
  if (assign === 'ENABLED')
    return [line('vpc.public-ipv4', hours, { note: 'each task has a public address' })];
  return [];
}

/** undefined: on EC2. Otherwise the share that runs on Spot. */
function launchOf(service: Resource, app: Architecture): { readonly spotShare: number } | undefined {
  const type = textAt(service.properties, 'LaunchType');
  if (type === 'FARGATE') return { spotShare: 0 };
  if (type === 'EC2' || type === 'EXTERNAL') return undefined;
  const own = mapsIn(service.properties.CapacityProviderStrategy);
  const clusters = app.namedIn(service.properties.Cluster);
  // A cluster's own, or that of an association which names the cluster.
  const associated = clusters.flatMap(({ usedBy }) => usedBy.map(({ to }) => to));
  const fallback = [...associated, ...clusters].flatMap((one) =>
    mapsIn(one.properties.DefaultCapacityProviderStrategy),
  );
  const strategy = own.length > 0 ? own : fallback;
  const fargate = strategy.filter((one) => /^FARGATE(_SPOT)?$/.test(String(one.CapacityProvider)));
  if (fargate.length === 0) return undefined;
  const weight = (one: (typeof fargate)[number]) => (typeof one.Weight === 'number' ? one.Weight : 0);
  const whole = fargate.reduce((all, one) => all + weight(one), 0);
  const spot = fargate.filter((one) => one.CapacityProvider === 'FARGATE_SPOT');
  if (whole === 0) return { spotShare: spot.length === fargate.length ? 1 : 0 };
  return { spotShare: spot.reduce((all, one) => all + weight(one), 0) / whole };
}

export const ecsCluster: Pricer = {
  types: ['AWS::ECS::Cluster'],
  questions: (cluster) =>
    insightsOf(cluster) === undefined
      ? []
      : [
          {
            key: 'insightMetrics',
            asks: 'Metrics that Container Insights makes',
            unit: 'metric',
            kind: 'each',
            defaultAnswer: () => {
              const services = new Set(
                cluster.usedBy.flatMap(({ to }) => (ecsService.types.includes(to.type) ? [to] : [])),
              ).size;
              return assumed(
                constant(8 + 22 * services, 'metric'),
                'eight of the cluster, about eleven each of a service and of its task definition',
              );
            },
          },
        ],
  items: (cluster, flow) => {
    const insights = insightsOf(cluster);
    const source = 'https://aws.amazon.com/ecs/pricing/';
    if (insights === undefined)
      return [freeOfCharge('a cluster costs nothing; what runs in it does', source)];
    return [
      line('cloudwatch.metrics', flow.of(cluster, 'insightMetrics'), {
        part: 'Container Insights',
        note:
          insights === 'enhanced'
            ? 'enhanced observability also bills its own metrics, which are not counted'
            : 'as custom metrics',
      }),
    ];
  },
};

function insightsOf(cluster: Resource): string | undefined {
  const found = mapsIn(cluster.properties.ClusterSettings).find((one) => one.Name === 'containerInsights');
  const value = found === undefined ? undefined : textAt(found, 'Value');
  return typeof value === 'string' && value !== 'disabled' ? value : undefined;
}

export const ecsParts: Pricer = {
  types: [
    'AWS::ECS::TaskDefinition',
    'AWS::ECS::CapacityProvider',
    'AWS::ECS::ClusterCapacityProviderAssociations',
    'AWS::ECS::PrimaryTaskSet',
  ],
  items: (resource, flow) => {
    const free = freeOfCharge('part of a service’s configuration', 'https://aws.amazon.com/ecs/pricing/');
    // A task definition counts as compute by itself when no service runs it.
    if (!computes(flow.app).includes(resource) || !fargateCompatible(resource)) return [free];
    return [
      free,
      assumption(
        'Tasks started from it',
        'none',
        'no service runs it; tasks that something else starts are not counted until their hours are known',
      ),
      unpriced(
        'Tasks that something else than a service starts',
        'how many and how long is not in the template',
      ),
    ];
  },
};

const fargateCompatible = (definition: Resource): boolean =>
  JSON.stringify(definition.properties.RequiresCompatibilities ?? '').includes('FARGATE');
