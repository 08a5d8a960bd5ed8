import { createHash } from 'node:crypto';
import { parseArn } from '../../../core/arn.ts';
import { ignoring, type MessageTarget } from '../../service.ts';

/**
 * A log group, as EventBridge writes to it: an event in a stream of its own. A template made for log groups names
 * both members of a log event.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-logs.html
 */
export const logGroupTarget: MessageTarget = {
  arns: /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:[\w./#-]+(?::\*)?$/,
  async deliver(arn, { body, sentAt = 0 }, as) {
    const logGroupName = parseArn(arn)?.resource.split(':')[1] ?? '';
    const logStreamName = createHash('sha256').update(`${sentAt} ${body}`).digest('hex').slice(0, 32);
    await ignoring(
      as('logs', 'CreateLogStream', { logGroupName, logStreamName }),
      'ResourceAlreadyExistsException',
    );
    await as('logs', 'PutLogEvents', { logGroupName, logStreamName, logEvents: [logEvent(body, sentAt)] });
  },
};

/** `{"timestamp": …, "message": …}`; any other text is the message. */
function logEvent(body: string, sentAt: number): { timestamp: number; message: string } {
  try {
    const { timestamp, message, ...others } = JSON.parse(body);
    const at = typeof timestamp === 'number' ? timestamp : Date.parse(String(timestamp));
    if (Object.keys(others).length === 0 && typeof message === 'string' && !Number.isNaN(at))
      return { timestamp: at, message };
  } catch {
    // Not JSON: the message as it is.
  }
  return { timestamp: sentAt, message: body };
}
