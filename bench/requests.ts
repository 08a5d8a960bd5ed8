/**
 * `npm run bench -- requests`: processor time of the server per request, beside the floor (floor.mjs) and beside peers,
 * in one run and in turns. Linux only: it reads /proc. Prints a table and writes bench/results/requests.json. Nothing
 * fails on a time.
 *
 * BENCH_BASE=<folder of another checkout> measures that Slipway too, in the same turns.
 * BENCH_MINISTACK=<its Python> adds ministack, which is not on npm.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { percentile } from './jobs.ts';
import { freePort, type Started, start, startCommand } from './processes.ts';
import { drive } from './raw-client.ts';
import { connections, dynamodb, floor, type Server, s3, sqs, type Workload } from './workloads.ts';

const rounds = 5;
const test = { accessKeyId: 'test', secretAccessKey: 'test' };

/** µs of processor time that every thread of a process has used so far. */
function cpuMicroseconds(pid: number | undefined): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return nanoseconds / 1000;
}

interface Measured {
  readonly server: Server;
  readonly started: Started;
  readonly workloads: readonly Workload[];
}

async function startSlipway(name: string, folder: string): Promise<Measured> {
  const started = await start([
    join(folder, 'bin/slipway.mjs'),
    'local',
    '--state',
    '{directory}',
    '--port',
    '0',
    '--json',
  ]);
  const keys = JSON.parse(started.line) as { endpoint: string; accessKeyId: string; secretAccessKey: string };
  const server = { name, port: Number(new URL(keys.endpoint).port), keys };
  return {
    server,
    started,
    workloads: [...(await sqs(server)), ...(await dynamodb(server)), ...(await s3(server))],
  };
}

async function startPeer(
  name: string,
  suites: readonly ((server: Server) => Promise<Workload[]> | Workload[])[],
): Promise<Measured> {
  const server = { name, port: await freePort(), keys: test };
  const script = name === 'floor' ? ['bench/floor.mjs'] : ['bench/peers.mjs', name];
  const started = await start([...script, String(server.port), '{directory}']);
  return { server, started, workloads: (await Promise.all(suites.map((suite) => suite(server)))).flat() };
}

async function startMinistack(python: string): Promise<Measured> {
  const server = { name: 'ministack', port: await freePort(), keys: test };
  const started = await startCommand(
    ['sh', '-c', 'echo starting; exec "$0" -m ministack 2>/dev/null', python],
    {
      GATEWAY_PORT: String(server.port),
      S3_PERSIST: '1',
      S3_DATA_DIR: '{directory}',
    },
  );
  for (let tries = 0; ; tries++) {
    try {
      await fetch(`http://127.0.0.1:${server.port}/`);
      break;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    server,
    started,
    workloads: [...(await sqs(server)), ...(await dynamodb(server)), ...(await s3(server))],
  };
}

async function measure({ server, started }: Measured, workload: Workload): Promise<number> {
  await workload.before?.();
  const before = cpuMicroseconds(started.child.pid);
  await drive(server.port, { connections, count: workload.count }, workload.one);
  return (cpuMicroseconds(started.child.pid) - before) / workload.count;
}

const { BENCH_BASE, BENCH_MINISTACK } = process.env;
const loadBefore = loadavg()[0] ?? Number.NaN;
const all = [
  await startPeer('floor', [floor]),
  await startSlipway('slipway', process.cwd()),
  ...(BENCH_BASE ? [await startSlipway('base', BENCH_BASE)] : []),
  await startPeer('fauxqs', [sqs, s3]),
  await startPeer('dynalite', [dynamodb]),
  ...(BENCH_MINISTACK ? [await startMinistack(BENCH_MINISTACK)] : []),
];

/** By workload and server, one value a round; undefined where the server failed. */
const values = new Map<string, Map<string, number[]>>();
const failures = new Map<string, string>();
for (let round = -1; round < rounds; round++)
  for (const one of all)
    for (const workload of one.workloads) {
      const id = `${one.server.name}: ${workload.what}`;
      if (failures.has(id)) continue;
      try {
        const value = await measure(one, workload);
        // The first round warms up.
        if (round < 0) continue;
        const byServer = values.get(workload.what) ?? new Map<string, number[]>();
        values.set(workload.what, byServer);
        byServer.set(one.server.name, [...(byServer.get(one.server.name) ?? []), value]);
      } catch (error) {
        failures.set(id, error instanceof Error ? error.message : String(error));
      }
    }
await Promise.all(all.map(({ started }) => started.stop()));

const median = (numbers: readonly number[]) => percentile(numbers, 0.5);
const valuesOf = (what: string, server: string) => values.get(what)?.get(server) ?? [];
/** The median of the ratios of each round: what disturbed one disturbed the other. */
const ratio = (ours: readonly number[], theirs: readonly number[]) =>
  theirs.length === ours.length && ours.length > 0
    ? median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)))
    : undefined;

const rows = [...values.keys()].map((what) => {
  const ours = valuesOf(what, 'slipway');
  const floorName = what.includes('put 4 KB') ? 'floor, 4 KB' : 'floor';
  return {
    what,
    microseconds: Object.fromEntries(
      [...(values.get(what) ?? [])].map(([name, each]) => [name, Math.round(median(each))]),
    ),
    ofFloor: what.startsWith('floor') ? undefined : ratio(ours, valuesOf(floorName, 'floor')),
    ofPeers: Object.fromEntries(
      all
        .filter(({ server }) => server.name !== 'slipway' && server.name !== 'floor')
        .flatMap(({ server }) => {
          const value = ratio(ours, valuesOf(what, server.name));
          return value === undefined ? [] : [[server.name, value]];
        }),
    ),
  };
});

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown processor',
  cores: availableParallelism(),
  node: process.versions.node,
  loadBefore,
};
console.log(
  `\nProcessor time of the server per request: ${machine.cpu}, ${machine.cores} cores (load ${loadBefore.toFixed(1)} before the run), Node.js ${machine.node}; ${connections} connections, median of ${rounds} rounds in turns. Slipway checks signatures and permissions and commits each write; of the peers none does all three.\n`,
);
for (const { what, microseconds, ofFloor, ofPeers } of rows)
  console.log(
    `${what.padEnd(22)} ${Object.entries(microseconds)
      .map(([name, value]) => `${name} ${value} µs`)
      .join(', ')}${ofFloor === undefined ? '' : `; ${ofFloor.toFixed(2)} × floor`}${Object.entries(ofPeers)
      .map(([name, value]) => `, ${value.toFixed(2)} × ${name}`)
      .join('')}`,
  );
for (const [id, message] of failures) console.log(`${id} failed: ${message}`);
const folder = join(process.cwd(), 'bench', 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'requests.json'),
  `${JSON.stringify({ date: new Date().toISOString(), machine, connections, rounds, rows, failures: Object.fromEntries(failures) }, null, 2)}\n`,
);
process.exit(0);
