import type { SucceedState } from '../../language/definition.ts';
import type { Frame } from '../../records.ts';
import type { Execution } from '../execution.ts';
import type { Step } from '../step.ts';
import { passOn } from './flow.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html */
export const succeed = (run: Execution, frame: Frame, state: SucceedState): Promise<Step> =>
  passOn(run, frame, state, undefined);
