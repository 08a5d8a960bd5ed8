import { operation, unsupported } from '../../../service.ts';
import { decodeToken, encodeToken, findGroup, findStream, type LogsContext, onGroup } from '../context.ts';
import { invalid } from '../errors.ts';
import { parseFilterPattern } from '../filter-pattern.ts';
import {
  compare,
  eventBytes,
  eventId,
  type LogEvent,
  type LogStore,
  type Position,
  type StreamRecord,
} from '../log-store.ts';

const largestPage = 1_048_576;

export const filterLogEvents = (context: LogsContext) =>
  operation('logs', 'FilterLogEvents', {
    accepts: [
      'logGroupName',
      'logGroupIdentifier',
      'logStreamNames',
      'logStreamNamePrefix',
      'startTime',
      'endTime',
      'filterPattern',
      'nextToken',
      'limit',
      'interleaved',
      'startFromHead',
    ],
    access: onGroup(context, 'FilterLogEvents'),
    handle(input) {
      const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = 10_000 } = input;
      const group = findGroup(context, input);
      const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
      if (input.startFromHead === false) throw unsupported('FilterLogEvents from the newest event backwards');
      if (names !== undefined && prefix !== undefined)
        throw invalid('logStreamNames and logStreamNamePrefix cannot both be given.');
      if (limit < 1 || limit > 10_000) throw invalid(`limit must be between 1 and 10,000, not ${limit}.`);
      const streams = names
        ? names.map((name) => findStream(group, name))
        : [...group.streams.values()].filter((stream) => stream.name.startsWith(prefix ?? ''));
      const matches = parseFilterPattern(input.filterPattern);
      const after = decodeToken<Position>(input.nextToken);
      const events: LogEvent[] = [];
      let bytes = 0;
      let more = false;
      for (const event of merged(context.logs, streams, startTime, after)) {
        if (event.timestamp >= endTime) break;
        if (!matches(event.message)) continue;
        bytes += eventBytes(event.message);
        if (events.length === limit || (events.length > 0 && bytes > largestPage)) {
          more = true;
          break;
        }
        events.push(event);
      }
      const last = events.at(-1);
      return {
        events: events.map((event) => ({
          logStreamName: event.stream,
          timestamp: event.timestamp,
          message: event.message,
          ingestionTime: event.ingestedAt,
          eventId: eventId(event),
        })),
        searchedLogStreams: [],
        ...(more && last ? { nextToken: encodeToken({ timestamp: last.timestamp, seq: last.seq }) } : {}),
      };
    },
  });

/** The events of several streams as one, by time. */
function* merged(
  logs: LogStore,
  streams: readonly StreamRecord[],
  from: number,
  after: Position | undefined,
): Iterable<LogEvent> {
  const heads: { event: LogEvent; rest: Iterator<LogEvent> }[] = [];
  for (const stream of streams) {
    if ((stream.lastEventAt ?? -1) < (after?.timestamp ?? from)) continue;
    const rest = logs.events(stream, after ? { after } : { from })[Symbol.iterator]();
    const first = rest.next();
    if (!first.done) heads.push({ event: first.value, rest });
  }
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++) {
      const [one, best] = [heads[i], heads[least]];
      if (one && best && compare(one.event, best.event) < 0) least = i;
    }
    const head = heads[least];
    if (!head) return;
    yield head.event;
    const next = head.rest.next();
    if (next.done) heads.splice(least, 1);
    else head.event = next.value;
  }
}
