import { readLogs } from '../../api/read-logs.ts';
import type { Command } from '../command.ts';
import { duration } from '../duration.ts';
import { defaultState, requireRunning, stateOption } from '../running.ts';

export const logs: Command = {
  name: 'logs',
  summary: 'Show the log events of functions, tasks and APIs, in order of time.',
  usage: '[part of a log group name]',
  options: {
    state: stateOption,
    since: { type: 'string', value: 'DURATION', help: 'how far back: 30s, 10m, 2h, 1d (default 10m)' },
    filter: { type: 'string', value: 'PATTERN', help: 'a CloudWatch Logs filter pattern' },
    follow: { type: 'boolean', help: 'show new events as they come, until Ctrl-C' },
    json: { type: 'boolean', help: 'one JSON object a line' },
  },
  positionals: { min: 0, max: 1 },
  async run(args, terminal) {
    const running = await requireRunning(args.text('state') ?? defaultState);
    const { now } = await running.control<{ now: number }>('GET', 'clock');
    let since = now - duration('--since', args.text('since') ?? '10m');
    const [group] = args.positionals;
    const filter = args.text('filter');
    const seen = new Set<string>();
    for (;;) {
      const lines = await readLogs(running, {
        since: new Date(since),
        ...(group === undefined ? {} : { group }),
        ...(filter === undefined ? {} : { filter }),
      });
      for (const line of lines) {
        // Two groups may have an event of the same id.
        const id = `${line.group} ${line.id}`;
        if (seen.has(id)) continue;
        seen.add(id);
        since = Math.max(since, line.time.getTime() - 1000);
        const { group: from, stream, message } = line;
        const time = line.time.toISOString();
        terminal.answer(
          args.flag('json')
            ? JSON.stringify({ time, group: from, stream, message })
            : `${terminal.answers.dim(time)} ${terminal.answers.bold(from)} ${message}`,
        );
      }
      if (!args.flag('follow')) {
        if (seen.size === 0) terminal.note(`no log event since ${new Date(since).toISOString()} matches`);
        return 0;
      }
      await new Promise((done) => setTimeout(done, 500));
    }
  },
};
