/** Which runtimes AWS has, and which of them run here. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
import { findRuntime } from '../../compute/functions/runtimes.ts';
import { unsupported } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import type { FunctionRecord } from './records.ts';

/** Those that AWS takes for new functions. */
const current = [
  ...['nodejs16.x', 'nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x'],
  ...['python3.8', 'python3.9', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14'],
  ...['java8.al2', 'java11', 'java17', 'java21', 'java25'],
  ...['dotnet6', 'dotnet8', 'dotnet10', 'ruby3.2', 'ruby3.3', 'ruby3.4', 'provided.al2', 'provided.al2023'],
];

const former = new Set([
  ...['nodejs', 'nodejs4.3', 'nodejs4.3-edge', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x'],
  ...['nodejs14.x', 'python2.7', 'python3.6', 'python3.7', 'java8', 'go1.x', 'ruby2.5', 'ruby2.7'],
  ...['dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'dotnet5.0', 'provided'],
]);

/** Why a function cannot be run here; undefined when it can. */
export function runtimeProblem({ runtime = '(none)' }: Pick<FunctionRecord, 'runtime'>): string | undefined {
  const found = findRuntime(runtime);
  return typeof found === 'string' ? found : undefined;
}

/** @throws for a runtime that AWS does not take */
export function checkRuntime(runtime: string): void {
  if (current.includes(runtime)) return;
  if (former.has(runtime))
    throw invalidParameter(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${current.join(', ')}] or be a valid ARN`,
  );
}

/**
 * A function that could never be invoked is refused when it is made. Stacks may carry some that Slipway acts for itself
 * (the CDK's own custom resources): for these CloudFormation has decided before it calls.
 */
export function refuseUnrunnable(record: Pick<FunctionRecord, 'runtime'>): void {
  const problem = runtimeProblem(record);
  if (problem) throw unsupported(problem);
}
