import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { beginning, onlyExpress, qualifierContext } from '../starts.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html */
export const startSyncExecution = (context: StatesContext) =>
  operation('states', 'StartSyncExecution', {
    accepts: 'all',
    access: ({ stateMachineArn = '' }) => ({
      action: 'states:StartSyncExecution',
      ...qualifierContext(stateMachineArn),
    }),
    async handle(input) {
      const { record, arn, found } = beginning(context, input);
      onlyExpress(found);
      const { status, stopped = record.started, output, error, cause } = await context.engine.start(record);
      const ms = Math.max(100, Math.ceil((stopped - record.started) / 100) * 100);
      const whole = { included: true };
      return {
        executionArn: arn,
        stateMachineArn: input.stateMachineArn,
        name: record.name,
        startDate: new Date(record.started),
        stopDate: new Date(stopped),
        status: status === 'SUCCEEDED' || status === 'TIMED_OUT' ? status : ('FAILED' as const),
        input: record.input,
        inputDetails: whole,
        ...(output === undefined ? {} : { output, outputDetails: whole }),
        error,
        cause,
        traceHeader: record.traceHeader,
        billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: ms },
      };
    },
  });
