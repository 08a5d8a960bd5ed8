/** Step Functions' own errors. https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html */
import { AwsError } from '../../service.ts';

const error =
  (code: string, text: (what: string) => string) =>
  (what: string): AwsError =>
    new AwsError(code, text(what));

export const noMachine = error('StateMachineDoesNotExist', (arn) => `State Machine Does Not Exist: '${arn}'`);
export const noExecution = error('ExecutionDoesNotExist', (arn) => `Execution Does Not Exist: '${arn}'`);
export const noActivity = error('ActivityDoesNotExist', (arn) => `Activity Does Not Exist: '${arn}'`);
export const noResource = error('ResourceNotFound', (arn) => `Resource not found: '${arn}'`);
export const machineExists = error(
  'StateMachineAlreadyExists',
  (arn) => `State Machine Already Exists: '${arn}'`,
);
export const executionExists = error('ExecutionAlreadyExists', (arn) => `Execution Already Exists: '${arn}'`);
export const invalidArn = error('InvalidArn', (arn) => `Invalid Arn: '${arn}'`);
export const invalidName = error('InvalidName', (name) => `Invalid Name: '${name}'`);
export const invalidInput = error(
  'InvalidExecutionInput',
  (why) => `Invalid State Machine Execution Input: '${why}'`,
);
export const invalidOutput = error('InvalidOutput', (why) => `Invalid Output: '${why}'`);
export const invalidToken = () => new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
export const invalidPage = error('InvalidToken', (token) => `Invalid Token: '${token}'`);
export const taskTimedOut = () =>
  new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
export const validation = (message: string) => new AwsError('ValidationException', message);
export const conflict = (message: string) => new AwsError('ConflictException', message);
export const wrongType = () =>
  new AwsError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html#StepFunctions-CreateStateMachine-request-name */
export function checkName(name: string): void {
  if (name === '' || name.length > 80 || forbidden.test(name)) throw invalidName(name);
}
