import type { Command } from '../command.ts';
import { foreignSettings } from '../foreign-settings.ts';
import { type Hosted, host } from '../hosting.ts';
import { watchParent } from '../parent.ts';
import { defaultState, stateOption } from '../running.ts';

export const local: Command = {
  name: 'local',
  summary: 'Start a local cloud for any AWS client, and run it until Ctrl-C.',
  usage: '',
  details:
    'Prints the environment that a stock client needs: AWS_ENDPOINT_URL, credentials and region. Everything that\nis created stays in the state folder and is there at the next start.',
  options: {
    port: {
      type: 'string',
      value: 'N',
      help: 'port on 127.0.0.1 (default: the one used last with this state folder, else 4566; 0: any free port)',
    },
    state: stateOption,
    json: { type: 'boolean', help: 'print one JSON object on stdout when it is ready' },
  },
  positionals: { min: 0, max: 0 },
  async run(args, terminal) {
    let hosted: Hosted | undefined;
    let alone = false;
    const parent = watchParent(() => {
      alone = true;
      void hosted?.stop();
    });
    try {
      hosted = await host({
        stateDirectory: args.text('state') ?? defaultState,
        port: args.integer('port', { min: 0, max: 65_535 }),
        terminal,
      });
    } catch (error) {
      parent.failed(error);
      throw error;
    }
    if (alone) void hosted.stop();
    const { cloud } = hosted;
    const foreign = foreignSettings(process.env, cloud);
    if (foreign) terminal.note(terminal.dim(foreign));
    if (args.flag('json'))
      terminal.answer(
        JSON.stringify({
          endpoint: cloud.endpoint,
          region: cloud.region,
          accountId: cloud.accountId,
          ...cloud.credentials,
          pid: process.pid,
        }),
      );
    else terminal.answer(hosted.environment());
    parent.ready();
    return hosted.untilStopped();
  },
};
