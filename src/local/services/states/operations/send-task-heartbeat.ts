import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { tokenResource, waitingTask } from '../tokens.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html */
export const sendTaskHeartbeat = (context: StatesContext) =>
  operation('states', 'SendTaskHeartbeat', {
    accepts: 'all',
    access: ({ taskToken }) => ({
      action: 'states:SendTaskHeartbeat',
      resource: tokenResource(context, taskToken),
    }),
    handle({ taskToken }) {
      const { run, frame, pending } = waitingTask(context, taskToken);
      pending.beat = context.env.clock.now();
      run.journal.save(frame);
      run.journal.flush();
      return {};
    },
  });
