import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppVerdict, checkApp, verdictLines } from '../../api/check-app.ts';
import type { CloudAccess } from '../../api/cloud-access.ts';
import { existingTarget } from '../../api/existing-target.ts';
import { startCloud } from '../../local/cloud.ts';
import type { Command } from '../command.ts';
import { inputOptions, readInputs, readRunDeprecated, runDeprecatedOption } from '../inputs.ts';
import { interruptedCode, interruption, unlessInterrupted } from '../interruption.ts';
import { defaultState, findRunning, stateOption } from '../running.ts';
import type { Terminal } from '../terminal.ts';

export const check: Command = {
  name: 'check',
  summary: 'Say what of a CDK app, a cloud assembly or a template runs here, and what cannot and why.',
  usage: '<folder with cdk.json | cdk.out | template file>',
  details:
    'Judges every stack, nested ones included, and every Dockerfile, and makes nothing: what slipway up refuses, and\nwhat AWS would refuse for what the templates say. Exit code 1 when something cannot be deployed.',
  options: {
    state: {
      ...stateOption,
      help: `${stateOption.help}; what is deployed there counts when it runs`,
    },
    ...inputOptions,
    ...runDeprecatedOption,
    json: { type: 'boolean', help: 'print one JSON object on stdout' },
  },
  positionals: { min: 1, max: 1, values: [{ from: 'files' }] },
  async run(args, terminal) {
    const target = existingTarget(args.positionals[0] ?? '.');
    const inputs = readInputs(args);
    const { signal, release } = interruption();
    let verdict: AppVerdict;
    try {
      verdict = await withCloud(args.text('state') ?? defaultState, (cloud) =>
        unlessInterrupted(
          signal,
          checkApp({ target, cloud, ...inputs, ...readRunDeprecated(args), interrupted: signal }),
        ),
      );
    } catch (error) {
      if (!signal.aborted) throw error;
      terminal.note('interrupted');
      return interruptedCode;
    } finally {
      release();
    }
    if (args.flag('json')) terminal.answer(JSON.stringify(verdict, null, 2));
    else print(verdict, terminal);
    return verdict.runs ? 0 : 1;
  },
};

/** The cloud that runs on the state folder, or else an empty one for the time of the check. */
async function withCloud<T>(stateDirectory: string, work: (cloud: CloudAccess) => Promise<T>): Promise<T> {
  const running = await findRunning(stateDirectory);
  if (running) return work(running);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-check-'));
  try {
    const cloud = await startCloud({ stateDirectory: folder, port: 0 });
    try {
      return await work(cloud);
    } finally {
      await cloud.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(verdict: AppVerdict, terminal: Terminal): void {
  for (const { stackName, live, inert, wrong, refusals, standIns } of verdict.stacks) {
    const refused = new Set(refusals.map(({ logicalId }) => logicalId)).size;
    const parts = [
      `${live} resources have their effect`,
      ...(inert.length > 0 ? [`${inert.length} are kept, not run`] : []),
      ...(refused > 0 ? [`${refused} cannot be deployed`] : []),
    ];
    const can = wrong.length + refusals.length === 0 ? 'can be deployed' : 'cannot be deployed';
    terminal.answer(`${terminal.bold(stackName)} ${can}: ${parts.join(', ')}`);
    for (const one of standIns) terminal.answer(`  ${one}`);
    for (const [because, types] of byReason(inert))
      terminal.answer(`  kept, not run: ${types.join(', ')} (${because})`);
  }
  const lines = verdictLines(verdict);
  if (lines.length > 0) terminal.answer(`\nwhat cannot be deployed:\n${lines.join('\n')}`);
}

function byReason(inert: AppVerdict['stacks'][number]['inert']): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const { type, because } of inert) {
    const types = reasons.get(because) ?? [];
    if (!types.includes(type)) reasons.set(because, [...types, type]);
  }
  return reasons;
}
