/** Vitest's global set-up of the system tests: the room-detection app is built and synthesized once. */
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../src/deploy/index.ts';

export const systemFolder = join(import.meta.dirname, '..', '..', 'systems', 'room-detection');
export const assemblyFolder = join(systemFolder, 'cdk.out');

export default async function setup(): Promise<void> {
  const log = createWriteStream(join(tmpdir(), 'slipway-synth.log'));
  await synthesize({
    folder: systemFolder,
    accountId: '000000000000',
    region: 'us-east-1',
    host: { notify: (event) => event.name === 'synth.output' && log.write(String(event.data.text)) },
  });
  log.end();
}
