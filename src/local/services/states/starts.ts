/** How an execution begins. */
import { AwsError } from '../../service.ts';
import { type Found, findExecution, findMachine, type StatesContext } from './context.ts';
import { executionArn } from './engine/engine.ts';
import { checkName, executionExists, invalidInput } from './errors.ts';
import type { ExecutionRecord } from './records.ts';

interface Given {
  readonly stateMachineArn?: string | undefined;
  readonly name?: string | undefined;
  readonly input?: string | undefined;
  readonly traceHeader?: string | undefined;
}

const mostBytes = 262_144;

function checkInput(input: string): void {
  if (Buffer.byteLength(input) > mostBytes) throw invalidInput('Invalid execution input.');
  try {
    JSON.parse(input);
  } catch (error) {
    throw invalidInput(error instanceof Error ? error.message : String(error));
  }
}

export interface Beginning {
  readonly record: ExecutionRecord;
  readonly arn: string;
  /** The same call was made before: a standard execution of that name runs with this input. */
  readonly again: boolean;
  readonly found: Found;
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export function beginning(context: StatesContext, { stateMachineArn = '', ...given }: Given): Beginning {
  const { env } = context;
  const found = findMachine(context, stateMachineArn);
  const { machine, revision, version, alias } = found;
  const { name = env.uuid(), input = '{}', traceHeader } = given;
  checkName(name);
  checkInput(input);
  const record: ExecutionRecord = {
    machine: machine.name,
    group: machine.name,
    name,
    type: machine.type,
    revision: revision.id,
    ...(version === undefined ? {} : { version }),
    ...(alias === undefined ? {} : { alias }),
    status: 'RUNNING',
    started: env.clock.now(),
    input,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    redrives: 0,
  };
  const arn = executionArn({ env }, record);
  if (machine.type === 'EXPRESS') return { record, arn: `${arn}:${env.uuid()}`, again: false, found };
  const before = findExecution(context, machine.name, name);
  if (!before) return { record, arn, again: false, found };
  if (before.status !== 'RUNNING' || before.input !== input) throw executionExists(arn);
  return { record: before, arn, again: true, found };
}

export const qualifierContext = (arn: string) => {
  const qualifier = arn.split(':')[7];
  return {
    resource: arn.split(':').slice(0, 7).join(':'),
    ...(qualifier === undefined ? {} : { context: { 'states:StateMachineQualifier': qualifier } }),
  };
};

export const onlyExpress = (found: Found): void => {
  if (found.machine.type !== 'EXPRESS')
    throw new AwsError(
      'StateMachineTypeNotSupported',
      'This operation is not supported by this type of state machine',
    );
};
