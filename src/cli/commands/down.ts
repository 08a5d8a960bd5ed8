import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { SlipwayError } from '../../core/errors.ts';
import { isStateFolder } from '../../local/state-folder.ts';
import type { Command } from '../command.ts';
import { defaultState, findRunning, stateOption } from '../running.ts';

export const down: Command = {
  name: 'down',
  summary: 'Stop the local cloud; with --purge, delete its state folder as well.',
  usage: '',
  options: {
    state: stateOption,
    purge: { type: 'boolean', help: 'delete the state folder as well' },
    json: { type: 'boolean', help: 'print one JSON object on stdout' },
  },
  positionals: { min: 0, max: 0 },
  async run(args, terminal) {
    const stateDirectory = args.text('state') ?? defaultState;
    const running = await findRunning(stateDirectory);
    if (running) {
      await running.control('POST', 'stop', {});
      await gone(running.pid);
    }
    const purge = args.flag('purge');
    // Only a folder that a local cloud wrote may be deleted: a mistyped --state must not cost anything else.
    const isState = isStateFolder(stateDirectory);
    if (purge && !isState && existsSync(stateDirectory))
      throw new SlipwayError(
        'local.state-unreadable',
        `${resolve(stateDirectory)} is not a state folder, so it is not deleted`,
        {
          fix: 'name the state folder with --state',
        },
      );
    if (purge) rmSync(stateDirectory, { recursive: true, force: true });
    if (args.flag('json'))
      terminal.answer(JSON.stringify({ stopped: running !== undefined, purged: purge && isState }));
    else {
      terminal.answer(
        running ? `stopped process ${running.pid}` : `no local cloud runs on ${resolve(stateDirectory)}`,
      );
      if (purge && isState) terminal.answer(`deleted ${resolve(stateDirectory)}`);
    }
    return 0;
  },
};

async function gone(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new SlipwayError('local.not-running', `process ${pid} was told to stop and still runs after 30 s`, {
    fix: `end it with kill -9 ${pid}; writes that were acknowledged are kept`,
  });
}
