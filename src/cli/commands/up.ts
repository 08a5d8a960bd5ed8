import { deployTarget } from '../../api/deploy-target.ts';
import type { DeployedTarget } from '../../api/deployed-target.ts';
import { existingTarget } from '../../api/existing-target.ts';
import { placeName } from '../../core/regions.ts';
import { askParameters } from '../ask-parameters.ts';
import { cloudToUse, type UsedCloud } from '../cloud-to-use.ts';
import type { Command } from '../command.ts';
import { foreignSettings } from '../foreign-settings.ts';
import type { Hosted } from '../hosting.ts';
import { inputOptions, readInputs, readRunDeprecated, runDeprecatedOption } from '../inputs.ts';
import { interruptedCode, interruption, unlessInterrupted } from '../interruption.ts';
import { createProgress } from '../progress.ts';
import { defaultState, type RunningCloud, stateOption } from '../running.ts';
import type { Terminal } from '../terminal.ts';

export const up: Command = {
  name: 'up',
  summary: 'Deploy a CDK app, a cloud assembly or a template to the local cloud, or update it in place.',
  usage: '<folder with cdk.json | cdk.out | template file>',
  details:
    'Starts the local cloud if none runs on the state folder, synthesizes (a folder with cdk.json), bootstraps,\npublishes assets, deploys every stack, prints outputs and URLs, and runs until Ctrl-C. Everything that was created\nstays in the state folder.',
  options: {
    port: {
      type: 'string',
      value: 'N',
      help: 'port on 127.0.0.1 (default: the one used last with this state folder, else 4566; 0: any free port)',
    },
    state: stateOption,
    detach: { type: 'boolean', help: 'leave the local cloud running in the background' },
    ...inputOptions,
    ...runDeprecatedOption,
    verbose: { type: 'boolean', help: "show the app's own output" },
    json: { type: 'boolean', help: 'print one JSON object on stdout when everything is deployed' },
  },
  positionals: { min: 1, max: 1, values: [{ from: 'files' }] },
  async run(args, terminal) {
    const target = existingTarget(args.positionals[0] ?? '.');
    const inputs = readInputs(args);
    const stateDirectory = args.text('state') ?? defaultState;
    const port = args.integer('port', { min: 0, max: 65_535 });
    const { signal, release } = interruption();
    let used: UsedCloud | undefined;
    const progress = createProgress(terminal, {
      live: process.stderr.isTTY === true && !args.flag('json'),
      verbose: args.flag('verbose'),
    });
    const ask = args.flag('json') ? undefined : askParameters(terminal, () => progress.done());
    try {
      used = await cloudToUse({
        stateDirectory,
        port,
        detached: args.flag('detach'),
        terminal,
        interrupted: signal,
      });
      const { running, hosted } = used;
      const foreign = foreignSettings(process.env, running);
      if (foreign) terminal.note(terminal.dim(foreign));
      const work = deployTarget({
        target,
        cloud: running,
        ...inputs,
        ...readRunDeprecated(args),
        host: progress,
        interrupted: signal,
        ...(ask ? { ask } : {}),
      });
      const result = await unlessInterrupted(signal, work);
      progress.done();
      await used.keep();
      release();
      print(result, running, hosted, args.flag('json'), terminal);
    } catch (error) {
      progress.done();
      await used?.discard(progress.began());
      release();
      if (!signal.aborted) throw error;
      terminal.note('interrupted');
      return interruptedCode;
    }
    return used.hosted?.untilStopped() ?? 0;
  },
};

const resources = (count: number) => `${count} ${count === 1 ? 'resource' : 'resources'}`;

function print(
  result: DeployedTarget,
  running: RunningCloud,
  hosted: Hosted | undefined,
  json: boolean,
  terminal: Terminal,
): void {
  if (json) {
    terminal.answer(JSON.stringify({ endpoint: running.endpoint, pid: running.pid, ...result }, null, 2));
    return;
  }
  for (const stack of result.stacks) {
    const { live, inert } = stack.resources;
    const place = placeName(stack, running);
    terminal.answer(
      `${terminal.bold(stack.stackName)}${place === undefined ? '' : ` in ${place}`} ${stack.changed ? 'is up' : 'is unchanged'}: ${resources(live.length)}${inert.length > 0 ? `, and ${inert.length} kept, not run` : ''}`,
    );
    const width = Math.max(0, ...Object.keys(stack.outputs).map((key) => key.length)) + 2;
    for (const [key, value] of Object.entries(stack.outputs))
      terminal.answer(`  ${key.padEnd(width)}${value}`);
    const types = new Map(inert.map((r) => [r.type, r.because]));
    if (types.size > 0) {
      terminal.note(
        terminal.dim('  kept with their properties, not run (docs/reference/resource-types.md says why):'),
      );
      const byReason = new Map<string, string[]>();
      for (const [type, because] of types) byReason.set(because, [...(byReason.get(because) ?? []), type]);
      for (const [because, names] of byReason)
        terminal.note(terminal.dim(`    ${names.join(', ')}: ${because}`));
    }
  }
  terminal.answer(
    `\nup in ${(result.durationMs / 1000).toFixed(1)} s; the local cloud listens on ${running.endpoint}`,
  );
  if (hosted) {
    terminal.note('\nFor any AWS client in another shell:');
    terminal.note(hosted.environment().replace(/^/gm, '  '));
    terminal.note('\nCtrl-C stops the local cloud; its state is kept.');
  } else terminal.note('slipway status shows what runs, slipway logs shows its logs, slipway down stops it.');
}
