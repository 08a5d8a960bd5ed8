import { formatDuration } from '../../core/duration.ts';
import { SlipwayError } from '../../core/errors.ts';
import type { Command } from '../command.ts';
import { duration } from '../duration.ts';
import { defaultState, requireRunning, stateOption } from '../running.ts';

interface Clock {
  readonly now: number;
  readonly wall: number;
}

export const time: Command = {
  name: 'time',
  summary:
    "Show the local cloud's time, or move it forward: timers, schedules and expiries fall due on the way.",
  usage: '[advance <duration>]',
  details:
    'slipway time advance 1h30m moves time forward by an hour and a half. What falls due on the way takes place in its\norder: visibility timeouts, schedules, alarms, scaling, retention, time to live. Time never moves back, and how far it\nis ahead is kept in the state folder. Processes that run in the cloud keep the time of this machine.',
  options: { state: stateOption, json: { type: 'boolean', help: 'print one JSON object on stdout' } },
  positionals: { min: 0, max: 2, values: [{ oneOf: ['advance'] }, undefined] },
  async run(args, terminal) {
    const [action, text] = args.positionals;
    if (action !== undefined && text === undefined)
      throw new SlipwayError('cli.usage', 'time advance takes a duration, got nothing', {
        fix: 'such as slipway time advance 1h30m',
      });
    const ms = text === undefined ? undefined : duration('advance', text);
    const running = await requireRunning(args.text('state') ?? defaultState);
    if (ms !== undefined) {
      if (!args.flag('json')) terminal.note(`moving time forward by ${formatDuration(ms / 1000)} …`);
      await running.control('POST', 'clock/advance', { ms });
    }
    const { now, wall } = await running.control<Clock>('GET', 'clock');
    const aheadMs = Math.max(0, now - wall);
    if (args.flag('json'))
      terminal.answer(JSON.stringify({ now: new Date(now).toISOString(), aheadSeconds: aheadMs / 1000 }));
    else
      terminal.answer(
        `${new Date(now).toISOString()}, ${aheadMs < 1000 ? 'as on this machine' : `${formatDuration(aheadMs / 1000)} ahead of this machine`}`,
      );
    return 0;
  },
};
