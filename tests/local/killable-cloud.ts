/** A local cloud in a process of its own, that a test may kill. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCloud } from './harness.ts';

export interface KillableCloud {
  /** What clients and fixtures need of it. */
  readonly cloud: TestCloud;
  /** With SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export async function killableCloud(stateDirectory: string): Promise<KillableCloud> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'cloud-process.ts'), stateDirectory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the cloud ended with ${code}`)));
  });
  const runtime = JSON.parse(readFileSync(join(stateDirectory, 'runtime.json'), 'utf8')) as {
    readonly endpoint: string;
    readonly region: string;
    readonly accountId: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  const { accessKeyId, secretAccessKey, endpoint, region, accountId } = runtime;
  const credentials = { accessKeyId, secretAccessKey };
  return {
    cloud: {
      accountId,
      region,
      client: () => ({ endpoint, region, credentials, maxAttempts: 1 }),
    } as unknown as TestCloud,
    async kill() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}
