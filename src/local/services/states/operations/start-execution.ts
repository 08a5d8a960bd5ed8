import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { beginning, qualifierContext } from '../starts.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export const startExecution = (context: StatesContext) =>
  operation('states', 'StartExecution', {
    accepts: 'all',
    access: ({ stateMachineArn = '' }) => ({
      action: 'states:StartExecution',
      ...qualifierContext(stateMachineArn),
    }),
    handle(input) {
      const { record, arn, again } = beginning(context, input);
      if (!again) void context.engine.start(record);
      return { executionArn: arn, startDate: new Date(record.started) };
    },
  });
