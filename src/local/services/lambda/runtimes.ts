/** Which runtimes AWS takes, and which of them run here. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */

import { blockedSince, currentRuntimes, isRuntime } from '../../compute/functions/runtime-dates.ts';
import { findRuntime } from '../../compute/functions/runtimes.ts';
import { type ServiceEnvironment, unsupported } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import { imageProblem } from './images.ts';
import type { FunctionRecord } from './records.ts';

/** The runtime whose interpreter runs a function: its own, or the one that was chosen for a deprecated one. */
export const executedRuntime = ({
  runtime = '',
  runsAs,
}: Pick<FunctionRecord, 'runtime' | 'runsAs'>): string => runsAs ?? runtime;

/** Why a function cannot be run here; undefined when it can. */
export function runtimeProblem(
  record: Pick<FunctionRecord, 'runtime' | 'runsAs' | 'image'>,
): string | undefined {
  if (record.image) return imageProblem()?.message;
  const found = findRuntime(executedRuntime(record) || '(none)');
  return typeof found === 'string' ? found : undefined;
}

/** @throws for a runtime that AWS does not take, unless it was said what runs it here */
export function checkRuntime(
  env: Pick<ServiceEnvironment, 'clock' | 'runsDeprecatedAs'>,
  runtime: string,
  doing: 'create' | 'update',
): void {
  const now = env.clock.now();
  if (!isRuntime(runtime))
    throw invalidParameter(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${currentRuntimes(now).join(', ')}] or be a valid ARN`,
    );
  const since = blockedSince(runtime, doing, now);
  if (since === undefined || env.runsDeprecatedAs(runtime) !== undefined) return;
  throw invalidParameter(
    `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
  );
}

/** What runs a function of a runtime that AWS takes no longer for new ones. */
export const substituteOf = (
  env: Pick<ServiceEnvironment, 'clock' | 'runsDeprecatedAs'>,
  runtime: string | undefined,
): string | undefined =>
  runtime !== undefined && blockedSince(runtime, 'create', env.clock.now()) !== undefined
    ? env.runsDeprecatedAs(runtime)
    : undefined;

/**
 * A function that could never be invoked is refused when it is made. Stacks may carry some that Slipway acts for itself
 * (the CDK's own custom resources): for these CloudFormation has decided before it calls.
 */
export function refuseUnrunnable(record: Pick<FunctionRecord, 'runtime' | 'runsAs'>): void {
  const problem = runtimeProblem(record);
  if (problem) throw unsupported(problem);
}
