/** Rules, buses, schedules and pipes: https://aws.amazon.com/eventbridge/pricing/ */
import { type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { constant, times } from '../amount.ts';
import { arrivalsOf, workNamedAt } from '../flow/arrivals.ts';
import { freeOfCharge, line, type Pricer, unpriced } from './model.ts';
import { read } from './properties.ts';
import { assumed, derived, each, monthly, oncePerUse, perGb, sumOf } from './questions.ts';
import { timesPerMonth } from './schedule.ts';

const page = 'https://aws.amazon.com/eventbridge/pricing/';

const sourcesOf = (rule: Resource): readonly string[] => {
  const sources = valueAt(rule.properties, 'EventPattern.source');
  return Array.isArray(sources) ? sources.filter((one) => typeof one === 'string') : [];
};

export const eventRule: Pricer = {
  types: ['AWS::Events::Rule'],
  work: 'events',
  questions: (rule) => [
    monthly('events', 'Times the rule fires', 'event', (flow) => {
      const schedule = textAt(rule.properties, 'ScheduleExpression');
      if (schedule !== undefined) {
        const count = typeof schedule === 'string' ? timesPerMonth(schedule) : undefined;
        return count === undefined
          ? assumed(constant(720, 'event'), 'hourly: its schedule is not understood')
          : derived(constant(count, 'event'), `its schedule is ${String(schedule)}`);
      }
      const bus = workNamedAt(rule, 'EventBusName', flow);
      if (bus !== undefined)
        return derived(bus.amount, 'every event of its bus, as what its pattern matches cannot be known');
      const sources = sourcesOf(rule);
      if (sources.length > 0 && sources.every((one) => one.startsWith('aws.')))
        return assumed(
          constant(20, 'event'),
          `events of ${sources.join(', ')} are few: starts, stops and changes`,
        );
      return oncePerUse('event', flow);
    }),
  ],
  items: () => [
    freeOfCharge(
      'rules cost nothing; events of the app’s own are counted with their bus, AWS’s own cost nothing',
      page,
    ),
  ],
};

export const eventBus: Pricer = {
  types: ['AWS::Events::EventBus'],
  work: 'events',
  questions: (bus) => [
    monthly('events', 'Events the app puts on the bus', 'event', (flow) => {
      const arrivals = arrivalsOf(bus, flow);
      return arrivals.length === 0
        ? oncePerUse('event', flow)
        : sumOf(arrivals, 'event', 'one for each call, event or message of');
    }),
  ],
  items: (bus, flow) => [line('eventbridge.custom-events', flow.of(bus, 'events'))],
};

export const eventArchive: Pricer = {
  types: ['AWS::Events::Archive'],
  questions: () => [each('eventKB', 'Size of an event', 'KB', 2, 'a few fields')],
  items: (archive, flow) => {
    const bus = workNamedAt(archive, 'SourceArn', flow);
    if (bus === undefined)
      return [unpriced('Archived events', 'its bus is not in the template', undefined, 'unresolved')];
    const size = times(times(bus.amount, flow.of(archive, 'eventKB')), 1 / 1024 ** 2, perGb);
    const days = read(archive).number('RetentionDays', 0) ?? 0;
    const months = days === 0 ? 12 : days / 30.4;
    return [
      line('eventbridge.archive.processing', size),
      line('eventbridge.archive.storage', times(size, months, `${Math.round(months * 10) / 10} months kept`)),
    ];
  },
};

export const schedule: Pricer = {
  types: ['AWS::Scheduler::Schedule'],
  work: 'invocations',
  questions: (resource) => [
    monthly('invocations', 'Times it fires', 'invocation', () => {
      const expression = textAt(resource.properties, 'ScheduleExpression');
      const count = typeof expression === 'string' ? timesPerMonth(expression) : undefined;
      return count === undefined
        ? assumed(constant(720, 'invocation'), 'hourly: its schedule cannot be known')
        : derived(constant(count, 'invocation'), `its schedule is ${String(expression)}`);
    }),
  ],
  items: (resource, flow) => [line('eventbridge.scheduler', flow.of(resource, 'invocations'))],
};

export const pipe: Pricer = {
  types: ['AWS::Pipes::Pipe'],
  work: 'requests',
  questions: (resource) => [
    monthly('requests', 'Events that pass it, each 64 KB begun', 'request', (flow) => {
      const source = workNamedAt(resource, 'Source', flow);
      return source === undefined
        ? oncePerUse('request', flow)
        : derived(source.amount, `every item of ${source.of.name}`);
    }),
  ],
  items: (resource, flow) => [line('eventbridge.pipes', flow.of(resource, 'requests'))],
};

export const eventParts: Pricer = {
  types: ['AWS::Events::EventBusPolicy', 'AWS::Events::Connection', 'AWS::Scheduler::ScheduleGroup'],
  items: () => [freeOfCharge('policies, connections and groups cost nothing', page)],
};
