import type { Json } from '../../../../core/json.ts';
import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { invalidOutput } from '../errors.ts';
import { answerTask, tokenResource } from '../tokens.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export const sendTaskSuccess = (context: StatesContext) =>
  operation('states', 'SendTaskSuccess', {
    accepts: 'all',
    access: ({ taskToken }) => ({
      action: 'states:SendTaskSuccess',
      resource: tokenResource(context, taskToken),
    }),
    handle({ taskToken, output = '' }) {
      let value: Json;
      try {
        value = JSON.parse(output) as Json;
      } catch (error) {
        throw invalidOutput(error instanceof Error ? error.message : String(error));
      }
      answerTask(context, taskToken, { output: value });
      return {};
    },
  });
