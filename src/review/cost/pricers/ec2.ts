/** Instances, groups of them and volumes: https://aws.amazon.com/ec2/pricing/on-demand/ and …/ebs/pricing/ */
import {
  type Architecture,
  configurationOf,
  isMap,
  numberAt,
  type Resolved,
  type Resource,
  scalingOf,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { type Amount, constant, times } from '../amount.ts';
import { jobsOf } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { instancesFor } from './ecs.ts';
import { assumption, freeOfCharge, type Item, line, type Pricer, unresolvedItem } from './model.ts';
import { mapsIn, read } from './properties.ts';
import { allMonth, assumed, derived, each, monthly, sumOf } from './questions.ts';

/** One volume for so many instance-months. */
function volumeLines(volume: Resolved | undefined, count: Amount, part: string): readonly Item[] {
  const type = textAt(volume, 'VolumeType') ?? 'gp2';
  const size = numberAt(volume, 'VolumeSize') ?? numberAt(volume, 'Size') ?? 8;
  const iops = numberAt(volume, 'Iops');
  if (typeof type !== 'string' || typeof size !== 'number')
    return [unresolvedItem(`Volume ${part}`, 'its type or size cannot be known')];
  const items: Item[] = [
    line(`ebs.${type === 'standard' ? 'magnetic' : type}.storage`, times(count, size, `${size} GB`), {
      part,
    }),
  ];
  // gp3 includes 3,000 IOPS and 125 MB/s: https://aws.amazon.com/ebs/pricing/
  const paid = typeof iops === 'number' ? (type === 'gp3' ? iops - 3000 : /^io/.test(type) ? iops : 0) : 0;
  if (paid > 0) items.push(line(`ebs.${type}.iops`, times(count, paid, `${paid} IOPS`), { part }));
  const throughput = numberAt(volume, 'Throughput');
  if (type === 'gp3' && typeof throughput === 'number' && throughput > 125)
    items.push(
      line('ebs.gp3.throughput', times(count, throughput - 125, `${throughput - 125} MB/s over 125`), {
        part,
      }),
    );
  return items;
}

function volumes(settings: Resolved | undefined, count: Amount): readonly Item[] {
  const mapped = mapsIn(valueAt(settings, 'BlockDeviceMappings')).filter((one) => isMap(one.Ebs));
  if (mapped.length > 0)
    return mapped.flatMap((one) => volumeLines(one.Ebs, count, String(one.DeviceName ?? 'volume')));
  return [
    line('ebs.gp3.storage', times(count, 8, '8 GB'), {
      part: 'root',
      note: 'assumed, as the image decides how large its root volume is',
    }),
  ];
}

/** The settings of its launch template or launch configuration; undefined when it has none of this app. */
function settingsOf(resource: Resource, app: Architecture): Resolved | undefined {
  const settings = configurationOf(app, resource);
  if (settings === resource) return undefined;
  return settings.properties.LaunchTemplateData ?? settings.properties;
}

function hourLines(type: ReturnType<typeof textAt>, hours: Amount, spotShare: number): readonly Item[] {
  if (typeof type !== 'string')
    return [unresolvedItem('InstanceType', 'it is not in the template or cannot be known')];
  const items: Item[] = [];
  if (spotShare < 1)
    items.push(
      line(
        `ec2.${type}`,
        spotShare === 0
          ? hours
          : times(hours, 1 - spotShare, `${Math.round((1 - spotShare) * 100)} % on demand`),
        { note: 'Linux, shared tenancy' },
      ),
    );
  if (spotShare > 0)
    items.push(
      line('ec2.spot', times(hours, spotShare, `${Math.round(spotShare * 100)} % on Spot`), { part: type }),
    );
  return items;
}

export const instance: Pricer = {
  types: ['AWS::EC2::Instance'],
  work: 'jobs',
  questions: () => [
    monthly('jobs', 'Requests or jobs that it handles', 'job', () =>
      derived(constant(0, 'job'), 'an instance costs the same idle or busy'),
    ),
  ],
  items: (resource, flow) => {
    const template = settingsOf(resource, flow.app);
    const type =
      textAt(resource.properties, 'InstanceType') ?? textAt(template, 'InstanceType') ?? 'm1.small';
    const interfaces = mapsIn(resource.properties.NetworkInterfaces);
    const isPublic =
      interfaces.some((one) => String(one.AssociatePublicIpAddress) === 'true') ||
      (interfaces.length === 0 &&
        flow.app
          .namedIn(resource.properties.SubnetId)
          .some((subnet) => String(subnet.properties.MapPublicIpOnLaunch) === 'true'));
    return [
      ...hourLines(type, allMonth('hour'), 0),
      ...volumes(
        resource.properties.BlockDeviceMappings === undefined ? template : resource.properties,
        constant(1, 'instance'),
      ),
      ...(isPublic ? [line('vpc.public-ipv4', allMonth('address-hour'))] : []),
      ...monitoring(
        resource.properties.Monitoring ?? valueAt(template, 'Monitoring.Enabled'),
        constant(1, 'instance'),
      ),
    ];
  },
};

/** Detailed monitoring is billed as seven custom metrics: https://aws.amazon.com/cloudwatch/pricing/ */
const monitoring = (setting: Resolved | undefined, instances: Amount): readonly Item[] =>
  String(setting) === 'true'
    ? [line('cloudwatch.metrics', times(instances, 7, '7 metrics'), { part: 'detailed monitoring' })]
    : [];

export const autoScalingGroup: Pricer = {
  types: ['AWS::AutoScaling::AutoScalingGroup'],
  work: 'jobs',
  questions: (group) => [
    monthly('jobs', 'Requests or jobs that its instances handle', 'job', (flow) => {
      const jobs = jobsOf(group, flow);
      return jobs.length === 0
        ? assumed(
            constant(0, 'job'),
            'what its instances do is not in the template, so they stay at their minimum',
          )
        : sumOf(jobs, 'job', 'each message or request of');
    }),
    each(
      'secondsPerJob',
      'How long an instance is busy with one',
      'second',
      1,
      'it matters only when the work exceeds the minimum of instances',
    ),
    {
      key: 'instances',
      asks: 'Instances running on average',
      unit: 'instance',
      kind: 'each',
      defaultAnswer: (flow) => {
        const { number } = read(group);
        const min = number('MinSize', 0) ?? 0;
        const desired = number('DesiredCapacity', min) ?? min;
        const max = number('MaxSize', desired) ?? desired;
        const isScaled = scalingOf(flow.app, group).policies.length > 0;
        const range = isScaled ? { min, max } : { min: desired, max: desired };
        return derived(
          instancesFor(flow.of(group, 'jobs'), flow.of(group, 'secondsPerJob'), range, 'instance'),
          isScaled ? 'as many as the work takes, between its minimum and maximum' : 'no policy scales it',
        );
      },
    },
  ],
  items: (group, flow) => {
    const { missing, number } = read(group);
    if (number('MinSize', 0) === undefined) return missing;
    const settings = settingsOf(group, flow.app);
    const mixed = valueAt(group.properties, 'MixedInstancesPolicy');
    const share = numberAt(mixed, 'InstancesDistribution.OnDemandPercentageAboveBaseCapacity');
    const isSpot =
      textAt(settings, 'InstanceMarketOptions.MarketType') === 'spot' ||
      textAt(settings, 'SpotPrice') !== undefined;
    const spotShare = isSpot ? 1 : typeof share === 'number' ? 1 - share / 100 : 0;
    const override = textAt(mixed, 'LaunchTemplate.Overrides.0.InstanceType');
    const type = typeof override === 'string' ? override : textAt(settings, 'InstanceType');
    const instances = flow.of(group, 'instances');
    const hours = times(instances, hoursPerMonth, `${hoursPerMonth} hours`);
    const isPublic =
      mapsIn(valueAt(settings, 'NetworkInterfaces')).some(
        (one) => String(one.AssociatePublicIpAddress) === 'true',
      ) || String(valueAt(settings, 'AssociatePublicIpAddress')) === 'true';
    return [
      ...hourLines(type, hours, spotShare),
      ...volumes(settings, instances),
      ...(isPublic ? [line('vpc.public-ipv4', hours)] : []),
      ...monitoring(
        valueAt(settings, 'Monitoring.Enabled') ?? valueAt(settings, 'InstanceMonitoring'),
        instances,
      ),
      ...(override === undefined
        ? []
        : [assumption('Instance type', String(override), 'the first of several that the group may use')]),
    ];
  },
};

export const volume: Pricer = {
  types: ['AWS::EC2::Volume'],
  items: (resource) => volumeLines(resource.properties, constant(1, 'volume'), 'volume'),
};

export const instanceParts: Pricer = {
  types: [
    'AWS::EC2::LaunchTemplate',
    'AWS::EC2::KeyPair',
    'AWS::EC2::PlacementGroup',
    'AWS::EC2::VolumeAttachment',
    'AWS::AutoScaling::LaunchConfiguration',
    'AWS::AutoScaling::ScalingPolicy',
    'AWS::AutoScaling::LifecycleHook',
    'AWS::AutoScaling::ScheduledAction',
    'AWS::ApplicationAutoScaling::ScalableTarget',
    'AWS::ApplicationAutoScaling::ScalingPolicy',
  ],
  items: () => [
    freeOfCharge(
      'scaling and configuration cost nothing; its alarms and instances are counted by themselves',
      'https://aws.amazon.com/autoscaling/pricing/',
    ),
  ],
};
