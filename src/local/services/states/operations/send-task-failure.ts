import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { answerTask, tokenResource } from '../tokens.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
export const sendTaskFailure = (context: StatesContext) =>
  operation('states', 'SendTaskFailure', {
    accepts: 'all',
    access: ({ taskToken }) => ({
      action: 'states:SendTaskFailure',
      resource: tokenResource(context, taskToken),
    }),
    handle({ taskToken, error, cause }) {
      answerTask(context, taskToken, {
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
      return {};
    },
  });
