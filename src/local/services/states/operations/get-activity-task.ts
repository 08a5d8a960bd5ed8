import { hasCode, operation } from '../../../service.ts';
import { readActivity } from '../arns.ts';
import type { StatesContext } from '../context.ts';
import { noActivity, taskTimedOut } from '../errors.ts';
import { waitingTask } from '../tokens.ts';

/** A worker waits for a minute at most. */
const longPoll = 60_000;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html */
export const getActivityTask = (context: StatesContext) =>
  operation('states', 'GetActivityTask', {
    accepts: 'all',
    access: ({ activityArn: resource = '' }) => ({ action: 'states:GetActivityTask', resource }),
    async handle({ activityArn: arn = '', workerName }, call) {
      const { records, room, env } = context;
      if (!records.activities.has([readActivity(arn)])) throw noActivity(arn);
      const until = env.clock.wall() + longPoll;
      for (;;) {
        const token = await room.next(arn, Math.max(0, until - env.clock.wall()), call.signal());
        if (token === undefined) return {};
        try {
          const { run, frame, pending } = waitingTask(context, token);
          pending.worker = workerName ?? '';
          if (pending.heartbeat !== undefined) pending.beat = env.clock.now();
          frame.previous = run.journal.append('ActivityStarted', frame.previous, {
            activityStartedEventDetails: workerName === undefined ? {} : { workerName },
          });
          run.journal.save(frame);
          run.journal.flush();
          return { taskToken: token, input: JSON.stringify(pending.parameters) };
        } catch (error) {
          // Its execution has ended since: the worker waits for the next.
          if (!hasCode(error, taskTimedOut().code)) throw error;
        }
      }
    },
  });
