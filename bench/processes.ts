/** Starts and stops what is measured, in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Started {
  readonly child: ChildProcess;
  readonly directory: string;
  /** ms from spawn to the first line it printed */
  readonly printedAfterMs: number;
  readonly line: string;
  stop(): Promise<void>;
}

/** Starts a script with this Node.js; `{directory}` stands for a folder of its own. */
export const start = (args: readonly string[]): Promise<Started> =>
  startCommand([process.execPath, ...args], {});

/** Started when it has printed a line; `{directory}` stands for a folder of its own, also in the environment. */
export async function startCommand(
  [command = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Started> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const begun = performance.now();
  const filled = (text: string) => text.replace('{directory}', directory);
  const child = spawn(command, args.map(filled), {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)])),
    },
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
  return {
    child,
    directory,
    line,
    printedAfterMs: performance.now() - begun,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Resident memory in MB, Linux only. */
export function residentMb(pid: number | undefined): number | undefined {
  try {
    const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1024;
  } catch {
    return undefined;
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
