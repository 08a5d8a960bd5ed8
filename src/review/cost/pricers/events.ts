/** EventBridge, Scheduler and Step Functions: https://aws.amazon.com/eventbridge/pricing/ , …/step-functions/pricing/ */

import { namedAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { constant, times } from '../amount.ts';
import { arrivalsOf } from '../flow/arrivals.ts';
import { assumed, derived, each, monthly, oncePerUse, perGb, sumOf } from './answers.ts';
import { type Flow, isFree, line, type Pricer, type Question, unpriced } from './model.ts';
import { read } from './read.ts';
import { timesPerMonth } from './schedule.ts';

const page = 'https://aws.amazon.com/eventbridge/pricing/';

const sourcesOf = (rule: Resource): readonly string[] => {
  const sources = valueAt(rule.properties, 'EventPattern.source');
  return Array.isArray(sources) ? sources.filter((one) => typeof one === 'string') : [];
};

/** What goes through the resource that the property names. */
function namedWork(resource: Resource, property: string, flow: Flow) {
  const [named] = namedAt(flow.app, resource, property);
  const amount = named === undefined ? undefined : flow.workOf(named.to);
  return named === undefined || amount === undefined ? undefined : { of: named.to, amount };
}

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
      const bus = namedWork(rule, 'EventBusName', flow);
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
    isFree(
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
        : sumOf(arrivals, 'event', 'one for each piece of work of');
    }),
  ],
  items: (bus, flow) => [line('eventbridge.custom-events', flow.of(bus, 'events'))],
};

export const eventArchive: Pricer = {
  types: ['AWS::Events::Archive'],
  questions: () => [each('eventKB', 'Size of an event', 'KB', 2, 'a few fields')],
  items: (archive, flow) => {
    const bus = namedWork(archive, 'SourceArn', flow);
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
      const source = namedWork(resource, 'Source', flow);
      return source === undefined
        ? oncePerUse('request', flow)
        : derived(source.amount, `every item of ${source.of.name}`);
    }),
  ],
  items: (resource, flow) => [line('eventbridge.pipes', flow.of(resource, 'requests'))],
};

export const eventParts: Pricer = {
  types: ['AWS::Events::EventBusPolicy', 'AWS::Events::Connection', 'AWS::Scheduler::ScheduleGroup'],
  items: () => [isFree('policies, connections and groups cost nothing', page)],
};

/** States of the definition; nested ones count as well. undefined when it is not known. */
function statesOf(machine: Resource): number | undefined {
  const text = textAt(machine.properties, 'DefinitionString');
  let definition: unknown = machine.properties.Definition;
  if (typeof text === 'string')
    try {
      definition = JSON.parse(text);
    } catch {
      return undefined;
    }
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((all: number, one: unknown) => all + count(one), 0);
    if (typeof value !== 'object' || value === null) return 0;
    const states: unknown = 'States' in value ? value.States : undefined;
    const own = typeof states === 'object' && states !== null ? Object.keys(states).length : 0;
    return Object.values(value).reduce((all: number, one: unknown) => all + count(one), own);
  };
  const found = count(definition);
  return found > 0 ? found : undefined;
}

const machineQuestions = (machine: Resource): readonly Question[] => [
  monthly('executions', 'Executions', 'execution', (flow) => {
    const arrivals = arrivalsOf(machine, flow);
    return arrivals.length === 0 ? oncePerUse('execution', flow) : sumOf(arrivals, 'execution', 'started by');
  }),
  {
    key: 'transitions',
    asks: 'State transitions of an execution',
    unit: 'transition',
    kind: 'each',
    suppose: () => {
      const states = statesOf(machine);
      return states === undefined
        ? assumed(constant(10, 'transition'), 'its definition is not known before deployment')
        : derived(
            constant(states + 1, 'transition'),
            `its definition has ${states} states, each entered once, and a start`,
          );
    },
  },
  each('seconds', 'How long an execution takes (Express)', 'second', 2, 'a few calls'),
  each('memoryMB', 'Memory an execution takes (Express)', 'MB', 64, 'the least that is billed'),
];

export const stateMachine: Pricer = {
  types: ['AWS::StepFunctions::StateMachine'],
  work: 'executions',
  questions: machineQuestions,
  items: (machine, flow) => {
    const type = read(machine).text('StateMachineType', 'STANDARD');
    const executions = flow.of(machine, 'executions');
    if (type === 'EXPRESS')
      return [
        line('step-functions.express.requests', executions),
        line(
          'step-functions.express.duration',
          times(
            times(executions, flow.of(machine, 'seconds')),
            times(flow.of(machine, 'memoryMB'), 1 / 1024, '1/1,024 GB'),
          ),
        ),
      ];
    return [line('step-functions.standard.transitions', times(executions, flow.of(machine, 'transitions')))];
  },
};

export const stateMachineParts: Pricer = {
  types: [
    'AWS::StepFunctions::Activity',
    'AWS::StepFunctions::StateMachineVersion',
    'AWS::StepFunctions::StateMachineAlias',
  ],
  items: () => [isFree('counted with the state machine', 'https://aws.amazon.com/step-functions/pricing/')],
};
