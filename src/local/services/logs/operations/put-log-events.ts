import { operation } from '../../../service.ts';
import { findGroup, findStream, groupArn, type LogsContext, onStream } from '../context.ts';
import { invalid } from '../errors.ts';
import { eventBytes } from '../log-store.ts';
import { publishMetrics } from '../metric-filters.ts';
import { deliverToSubscribers } from '../subscriptions.ts';

const hour = 3_600_000;
const day = 24 * hour;
const largestBatch = 1_048_576;

/**
 * Events may be stamped by the cloud's clock or by a process's own, which stays behind when time is moved: what
 * either clock finds acceptable is taken.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const putLogEvents = (context: LogsContext) =>
  operation('logs', 'PutLogEvents', {
    accepts: ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken'],
    access: onStream(context, 'PutLogEvents'),
    async handle(input) {
      const { env, logs } = context;
      const group = findGroup(context, input);
      const stream = findStream(group, input.logStreamName);
      const events = (input.logEvents ?? []).map(({ timestamp = 0, message = '' }) => ({
        timestamp,
        message,
      }));
      check(events);
      const [early, late] = [Math.min(env.clock.now(), env.clock.wall()), env.clock.now()];
      const kept = Math.min(14, group.record.retentionInDays ?? 14) * day;
      const tooOld = events.filter(({ timestamp }) => timestamp < early - 14 * day).length;
      const expired = events.filter(({ timestamp }) => timestamp < early - kept).length;
      const tooNew = events.findIndex(({ timestamp }) => timestamp > late + 2 * hour);
      const accepted = events.slice(expired, tooNew < 0 ? undefined : tooNew);
      if (accepted.length > 0) {
        const kept = logs.append(group, stream, accepted);
        const quantity = accepted.reduce((sum, { message }) => sum + eventBytes(message), 0);
        const resource = groupArn(context, group.record.name);
        env.meter({ service: 'logs', usage: 'ingested-bytes', quantity, resource });
        await publishMetrics(env, group, accepted);
        if (group.subscriptions.size > 0) await deliverToSubscribers(context, group, kept);
      }
      const rejected = {
        ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
        ...(expired > tooOld ? { expiredLogEventEndIndex: expired } : {}),
        ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }),
      };
      return {
        // Sequence tokens are not needed since 2023; the answer still has one.
        nextSequenceToken: String(env.clock.now()).padStart(56, '4'),
        ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}),
      };
    },
  });

function check(events: readonly { readonly timestamp: number; readonly message: string }[]): void {
  if (events.length === 0 || events.length > 10_000)
    throw invalid(`A batch has 1 to 10,000 log events, not ${events.length}.`);
  let bytes = 0;
  let last = 0;
  for (const { timestamp, message } of events) {
    if (message === '') throw invalid('Log event message must not be empty.');
    if (timestamp < last)
      throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
    last = timestamp;
    bytes += eventBytes(message);
  }
  if (last - (events[0]?.timestamp ?? 0) > day)
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  if (bytes > largestBatch)
    throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${largestBatch}`);
}
