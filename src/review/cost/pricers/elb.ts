/** Load balancers: https://aws.amazon.com/elasticloadbalancing/pricing/ */
import { distributionsBefore, isList, type Resource } from '../../../architecture/index.ts';
import { type Amount, computed, constant, numberText, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { type Flow, freeOfCharge, line, type Pricer, unpriced } from './model.ts';
import { read } from './properties.ts';
import { allMonth, assumed, each, kbPerGb, monthly, oncePerUse, perGb } from './questions.ts';

const page = 'https://aws.amazon.com/elasticloadbalancing/pricing/';
const secondsPerMonth = hoursPerMonth * 3600;

/** What one capacity unit contains. Each hour is paid by the largest of the dimensions. From the pricing page. */
const units = {
  application: { newPerSecond: 25, activePerMinute: 3000, gbPerHour: 1 },
  network: { newPerSecond: 800, activePerMinute: 100_000, gbPerHour: 1 },
} as const;

/** Of an even load; a load with peaks is a little dearer, as each hour pays its own largest dimension. */
function capacityUnits(balancer: Resource, kind: keyof typeof units, flow: Flow): Amount {
  const unit = units[kind];
  const requests = flow.of(balancer, 'requests');
  const perConnection = flow.of(balancer, 'requestsPerConnection');
  const size = flow.of(balancer, 'kbPerRequest');
  const open = flow.of(balancer, 'connectionSeconds');
  const dimensions = (uses: number) => {
    const fresh = requests.quantity(uses) / Math.max(1, perConnection.quantity(uses)) / secondsPerMonth;
    return {
      'new connections': fresh / unit.newPerSecond,
      'open connections': (fresh * open.quantity(uses)) / unit.activePerMinute,
      'data processed':
        (requests.quantity(uses) * size.quantity(uses)) / kbPerGb / hoursPerMonth / unit.gbPerHour,
    };
  };
  return computed(
    (uses) => Math.max(...Object.values(dimensions(uses))) * hoursPerMonth,
    ({ uses }) => {
      const [name, most] = Object.entries(dimensions(uses)).sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
      return `${numberText(most)} capacity units on average (the largest: ${name}) × ${hoursPerMonth} hours`;
    },
  );
}

export const loadBalancer: Pricer = {
  types: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  work: 'requests',
  questions: (balancer) => [
    monthly('requests', 'Requests or connections it takes', 'request', (flow) => {
      const before = distributionsBefore(flow.app, balancer);
      return before.length > 0 && before.every((one) => flow.asks(one, 'apiRequests'))
        ? {
            ...oncePerUse('request', flow),
            because: `one per ${flow.uses.unit} passes ${before.map(({ name }) => name).join(', ')}, as nobody stated it`,
          }
        : oncePerUse('request', flow);
    }),
    each('kbPerRequest', 'Data of a request and its answer', 'KB', 10, 'a page or a JSON answer'),
    each(
      'requestsPerConnection',
      'Requests over one connection',
      'request',
      5,
      'browsers keep connections open',
    ),
    each(
      'connectionSeconds',
      'How long a connection stays open',
      'second',
      60,
      'the idle timeout of a load balancer',
    ),
  ],
  items: (balancer, flow) => {
    const { text, missing } = read(balancer);
    const type = text('Type', 'application');
    const scheme = text('Scheme', 'internet-facing');
    if (type === undefined) return missing;
    if (type !== 'application' && type !== 'network')
      return [
        unpriced(
          'Gateway load balancer',
          `the price table has no row for it (${page})`,
          constant(hoursPerMonth, 'hour'),
        ),
      ];
    const row = type === 'application' ? 'alb' : 'nlb';
    const { Subnets, SubnetMappings } = balancer.properties;
    const [subnets] = [Subnets, SubnetMappings].filter(isList);
    const zones = subnets?.length ?? 2;
    const out = times(
      times(flow.of(balancer, 'requests'), flow.of(balancer, 'kbPerRequest')),
      1 / kbPerGb,
      perGb,
    );
    const isPublic = scheme === 'internet-facing';
    return [
      line(`elb.${row}.hours`, allMonth()),
      line(`elb.${row}.lcu`, capacityUnits(balancer, type, flow), {
        note: 'of an even load; each hour pays its own largest dimension, so peaks cost a little more',
      }),
      ...(isPublic
        ? [
            line('vpc.public-ipv4', allMonth('address-hour', zones), {
              note: `one address in each of ${zones} subnets`,
            }),
          ]
        : []),
      ...(isPublic && distributionsBefore(flow.app, balancer).length === 0
        ? [
            line('data-transfer.out', out, {
              part: 'answers',
              note: 'an upper bound: as if all of the data were answers',
            }),
          ]
        : []),
      ...missing,
    ];
  },
};

export const classicLoadBalancer: Pricer = {
  types: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  questions: () => [
    monthly('dataGB', 'Data it processes', 'GB', () =>
      assumed(constant(1, 'GB'), 'a gigabyte, as nobody stated it'),
    ),
  ],
  items: (balancer, flow) => [
    line('elb.clb.hours', allMonth()),
    line('elb.clb.data', flow.of(balancer, 'dataGB')),
  ],
};

export const loadBalancerParts: Pricer = {
  types: [
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    'AWS::ElasticLoadBalancingV2::ListenerCertificate',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
  ],
  items: () => [freeOfCharge('part of a load balancer, which is counted by itself', page)],
};
