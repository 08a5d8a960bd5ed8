/** State machines: https://aws.amazon.com/step-functions/pricing/ */
import { type Resource, textAt } from '../../../architecture/index.ts';
import { constant, times } from '../amount.ts';
import { arrivalsOf } from '../flow/arrivals.ts';
import { freeOfCharge, line, type Pricer, type Question } from './model.ts';
import { read } from './properties.ts';
import { assumed, derived, each, monthly, oncePerUse, sumOf } from './questions.ts';

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
    defaultAnswer: () => {
      const states = statesOf(machine);
      return states === undefined
        ? assumed(constant(10, 'transition'), 'its definition is not known before deployment')
        : // "A state transition each time a step of your workflow is executed": https://aws.amazon.com/step-functions/pricing/
          derived(
            constant(states, 'transition'),
            `each of the ${states} states of its definition is executed once; a retry or another round counts again`,
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
  items: () => [
    freeOfCharge('counted with the state machine', 'https://aws.amazon.com/step-functions/pricing/'),
  ],
};
