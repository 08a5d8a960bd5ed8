import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { SlipwayError } from '../../core/errors.ts';
import type { Command } from '../command.ts';
import { defaultState, requireRunning, stateOption } from '../running.ts';

interface Line extends FilteredLogEvent {
  readonly group: string;
}

export const logs: Command = {
  name: 'logs',
  summary: 'What functions, tasks and the API said: the events of the log groups, in order of time.',
  usage: '[part of a log group name]',
  options: {
    state: stateOption,
    since: { type: 'string', value: 'DURATION', help: 'how far back: 30s, 10m, 2h, 1d (default 10m)' },
    filter: { type: 'string', value: 'PATTERN', help: 'a CloudWatch Logs filter pattern' },
    follow: { type: 'boolean', help: 'go on as new events come, until Ctrl-C' },
    json: { type: 'boolean', help: 'one JSON object a line' },
  },
  positionals: { min: 0, max: 1 },
  async run(args, terminal) {
    const running = await requireRunning(args.text('state') ?? defaultState);
    const { now } = await running.control<{ now: number }>('GET', 'clock');
    let from = now - duration(args.text('since') ?? '10m');
    const client = new CloudWatchLogsClient(running);
    const part = args.positionals[0];
    const seen = new Set<string>();
    for (;;) {
      const lines = await read(client, part, from, args.text('filter'));
      for (const line of lines) {
        const id = line.eventId ?? `${line.group} ${line.timestamp} ${line.message}`;
        if (seen.has(id)) continue;
        seen.add(id);
        from = Math.max(from, (line.timestamp ?? 0) - 1000);
        const at = new Date(line.timestamp ?? 0).toISOString();
        terminal.answer(
          args.flag('json')
            ? JSON.stringify({ at, group: line.group, stream: line.logStreamName, message: line.message })
            : `${terminal.dim(at)} ${terminal.bold(line.group)} ${line.message?.trimEnd()}`,
        );
      }
      if (!args.flag('follow')) return 0;
      await new Promise((done) => setTimeout(done, 500));
    }
  },
};

async function read(
  client: CloudWatchLogsClient,
  part: string | undefined,
  startTime: number,
  filterPattern: string | undefined,
) {
  const lines: Line[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new DescribeLogGroupsCommand({ ...(nextToken ? { nextToken } : {}) }));
    for (const { logGroupName: group = '' } of page.logGroups ?? [])
      if (!part || group.includes(part))
        lines.push(...(await events(client, group, startTime, filterPattern)));
    nextToken = page.nextToken;
  } while (nextToken);
  return lines.sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
}

async function events(
  client: CloudWatchLogsClient,
  group: string,
  startTime: number,
  filterPattern: string | undefined,
): Promise<Line[]> {
  const found: Line[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        startTime,
        ...(filterPattern ? { filterPattern } : {}),
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    found.push(...(page.events ?? []).map((event) => ({ ...event, group })));
    nextToken = page.nextToken;
  } while (nextToken);
  return found;
}

function duration(text: string): number {
  const match = /^(\d+)(s|m|h|d)$/.exec(text);
  const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match?.[2] ?? ''];
  if (!match || !unit)
    throw new SlipwayError('cli.usage', `--since takes a number and s, m, h or d, such as 10m; got ${text}`);
  return Number(match[1]) * unit;
}
