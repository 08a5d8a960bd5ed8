import { operation } from '../../../service.ts';
import { findGroup, findStream, type LogsContext, onStream } from '../context.ts';
import { invalid } from '../errors.ts';
import { eventBytes, type LogEvent, type Position } from '../log-store.ts';

const largestPage = 1_048_576;

/**
 * A token says which way to go and from which event. At the end the same token comes back, as on AWS.
 * `unmask` is refused: there is no data protection here.
 */
export const getLogEvents = (context: LogsContext) =>
  operation('logs', 'GetLogEvents', {
    accepts: [
      'logGroupName',
      'logGroupIdentifier',
      'logStreamName',
      'startTime',
      'endTime',
      'nextToken',
      'limit',
      'startFromHead',
    ],
    access: onStream(context, 'GetLogEvents'),
    handle(input) {
      const stream = findStream(findGroup(context, input), input.logStreamName);
      const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = 10_000 } = input;
      if (limit < 1 || limit > 10_000) throw invalid(`limit must be between 1 and 10,000, not ${limit}.`);
      const token = readToken(input.nextToken);
      const reverse = token ? token.way === 'b' : !input.startFromHead;
      const found: LogEvent[] = [];
      let bytes = 0;
      const range = reverse
        ? { reverse, ...(token ? { before: token.position } : {}) }
        : token
          ? { after: token.position }
          : { from: startTime };
      for (const event of context.logs.events(stream, range)) {
        if (reverse ? event.timestamp < startTime : event.timestamp >= endTime) break;
        if (event.timestamp < startTime || event.timestamp >= endTime) continue;
        bytes += eventBytes(event.message);
        if (found.length === limit || (found.length > 0 && bytes > largestPage)) break;
        found.push(event);
      }
      if (reverse) found.reverse();
      // Before the first event when there is none yet: what comes later is found from here.
      const here = token?.position ?? { timestamp: startTime, seq: 0 };
      return {
        events: found.map(({ timestamp, message, ingestedAt }) => ({
          timestamp,
          message,
          ingestionTime: ingestedAt,
        })),
        nextForwardToken: writeToken('f', found.at(-1) ?? here),
        nextBackwardToken: writeToken('b', found[0] ?? here),
      };
    },
  });

const writeToken = (way: 'f' | 'b', { timestamp, seq }: Position) =>
  `${way}/${String(timestamp).padStart(16, '0')}${String(seq).padStart(20, '0')}/s`;

function readToken(token: string | undefined): { way: 'f' | 'b'; position: Position } | undefined {
  if (token === undefined) return undefined;
  const found = /^([fb])\/(\d{16})(\d{20})\/s$/.exec(token);
  if (!found) throw invalid('The specified nextToken is invalid.');
  return {
    way: found[1] === 'b' ? 'b' : 'f',
    position: { timestamp: Number(found[2]), seq: Number(found[3]) },
  };
}
