import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Severity, severities } from '../../core/events.ts';
import type { EventPage, KeptEvent } from '../../local/event-log.ts';
import { openKeptEvents } from '../../local/read-events.ts';
import type { Arguments, Command } from '../command.ts';
import { duration } from '../duration.ts';
import { defaultState, findRunning, type RunningCloud, requireRunning, stateOption } from '../running.ts';
import { eventJson, showEvent } from '../show-event.ts';
import type { Terminal } from '../terminal.ts';

export const events: Command = {
  name: 'events',
  summary:
    'Show what happened in the local cloud: denied calls, failed deliveries, lost log lines, alarms, stacks.',
  usage: '',
  details:
    'Events are numbered and kept in the state folder: the newest 10,000, up to 8 MB. They can be read while the local\ncloud runs and after it has stopped. --after N continues after event N, without gaps or repetitions.',
  options: {
    state: stateOption,
    since: { type: 'string', value: 'DURATION', help: 'how far back: 30s, 10m, 2h, 1d (default 1h)' },
    after: { type: 'string', value: 'N', help: 'only events after number N; 0 for all' },
    severity: {
      type: 'string',
      value: 'SEVERITY',
      help: `only events at least this serious: ${severities.join(', ')} (default info)`,
      values: { oneOf: severities },
    },
    follow: { type: 'boolean', help: 'show new events as they come, until Ctrl-C' },
    json: { type: 'boolean', help: 'one JSON object a line' },
  },
  positionals: { min: 0, max: 0 },
  async run(args, terminal) {
    const reader = await open(args.text('state') ?? defaultState, args.flag('follow'));
    try {
      await print(reader, query(args, reader.now), args, terminal);
      return 0;
    } finally {
      await reader.close();
    }
  },
};

interface Reader {
  readonly now: number;
  /** @param waitMs how long it may take for new ones to come */
  read(after: number, minSeverity: Severity, waitMs: number): Promise<EventPage>;
  close(): Promise<void>;
}

interface Query {
  readonly after: number;
  readonly since: number;
  readonly minSeverity: Severity;
}

function query(args: Arguments, now: number): Query {
  const after = args.integer('after', { min: 0, max: Number.MAX_SAFE_INTEGER });
  const since = args.text('since');
  const minSeverity = severities.find((one) => one === args.text('severity')) ?? 'info';
  return {
    after: after ?? 0,
    since: after !== undefined && since === undefined ? 0 : now - duration('--since', since ?? '1h'),
    minSeverity,
  };
}

async function open(stateDirectory: string, follow: boolean): Promise<Reader> {
  const running = await findRunning(stateDirectory);
  if (running) return readerOf(running);
  if (follow || !existsSync(join(stateDirectory, 'records')))
    return readerOf(await requireRunning(stateDirectory));
  const kept = await openKeptEvents(resolve(stateDirectory));
  return { ...kept, read: async (after, minSeverity) => kept.read({ after, minSeverity }) };
}

async function readerOf(running: RunningCloud): Promise<Reader> {
  const { now } = await running.control<{ now: number }>('GET', 'clock');
  return {
    now,
    read: (after, minSeverity, wait) =>
      running.control('GET', `events?after=${after}&minSeverity=${minSeverity}&wait=${wait}`),
    async close() {},
  };
}

async function print(
  reader: Reader,
  { after, since, minSeverity }: Query,
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const follow = args.flag('follow');
  for (let from = after, waitMs = 0; ; ) {
    const page = await reader.read(from, minSeverity, waitMs);
    if (from > 0 && page.oldest > from + 1)
      terminal.note(`events ${from + 1} to ${page.oldest - 1} are no longer kept`);
    for (const event of page.events)
      if (event.time >= since)
        terminal.answer(args.flag('json') ? JSON.stringify(eventJson(event)) : line(event, terminal));
    const done = page.last === from;
    from = page.last;
    if (done && !follow) return;
    waitMs = done && follow ? 10_000 : 0;
  }
}

const line = (event: KeptEvent, { answers }: Terminal) =>
  `${answers.dim(`${event.number} ${new Date(event.time).toISOString()}`)} ${showEvent(event, answers)}`;
