import { deployed } from '../../api/deployed.ts';
import { logGroups, readLogs } from '../../api/read-logs.ts';
import { SlipwayError } from '../../core/errors.ts';
import { didYouMean } from '../../core/nearest.ts';
import { placeName } from '../../core/regions.ts';
import type { Command } from '../command.ts';
import { duration } from '../duration.ts';
import { defaultState, type RunningCloud, requireRunning, stateOption } from '../running.ts';
import type { Terminal } from '../terminal.ts';

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
  positionals: { min: 0, max: 1, values: [{ from: 'log groups' }] },
  async run(args, terminal) {
    const running = await requireRunning(args.text('state') ?? defaultState);
    const { now } = await running.control<{ now: number }>('GET', 'clock');
    let since = now - duration('--since', args.text('since') ?? '10m');
    const [group] = args.positionals;
    if (group !== undefined) await findGroup(running, group, args.flag('follow'), terminal);
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
        const id = `${line.accountId} ${line.region} ${line.group} ${line.id}`;
        if (seen.has(id)) continue;
        seen.add(id);
        since = Math.max(since, line.time.getTime() - 1000);
        const { stream, message, accountId, region } = line;
        const place = placeName(line, running);
        const from = place === undefined ? line.group : `${line.group} in ${place}`;
        const time = line.time.toISOString();
        terminal.answer(
          args.flag('json')
            ? JSON.stringify({ time, accountId, region, group: line.group, stream, message })
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

/** One that is followed may come later. */
async function findGroup(
  running: RunningCloud,
  part: string,
  follow: boolean,
  terminal: Terminal,
): Promise<void> {
  const known = await logGroups(running);
  if (known.some((group) => group.includes(part))) return;
  const resources = Object.keys((await deployed(running)).physicalIds);
  if (resources.some((name) => name.includes(part))) {
    terminal.note(`${part} has not logged anything yet, so there is no log group of it`);
    return;
  }
  const message = `no log group has "${part}" in its name${didYouMean(part, known)}`;
  if (!follow)
    throw new SlipwayError('local.invalid', message, {
      fix:
        known.length === 0
          ? 'there is none yet: functions make theirs when they are first called'
          : 'slipway logs without a name shows all of them',
    });
  terminal.note(`${message}\nwaiting for it to come`);
}
