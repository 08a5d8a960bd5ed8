import type { MessageTarget } from '../../service.ts';

/** A state machine, a version or an alias of one, by states:StartExecution with the body as its input. */
export const stateMachineTarget: MessageTarget = {
  arns: /^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:[^\s:]+(?::[\w.-]+)?$/,
  async deliver(arn, { body }, as) {
    await as('states', 'StartExecution', { stateMachineArn: arn, input: body });
  },
};
