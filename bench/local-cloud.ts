/**
 * `npm run bench -- local-cloud`: start, memory, `up` and job latency. Prints a table and writes
 * bench/results/local-cloud.json. Nothing fails on a time: a missed aim says so and why.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { deployTarget } from '../src/api/deploy-target.ts';
import { startLocalCloud } from '../src/api/local.ts';
import { findRunning } from '../src/cli/running.ts';
import { silentHost } from '../src/core/events.ts';
import { synthesize } from '../src/deploy/index.ts';
import { jobLatencies, percentile } from './jobs.ts';
import { largeStack } from './large-stack.ts';
import { residentMb, start } from './processes.ts';

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: string;
  readonly met?: boolean;
  readonly note?: string;
}

const rows: Row[] = [];

/** Said where the aim of the jobs is missed. */
const why = 'a job is about ten signed calls and an invocation; many at once wait for the cores';
const local = ['bin/slipway.mjs', 'local', '--state', '{directory}', '--port', '0', '--json'];
const keysOf = (line: string) =>
  JSON.parse(line) as { endpoint: string; accessKeyId: string; secretAccessKey: string };

async function startUp(): Promise<void> {
  const times: number[] = [];
  let memory: number | undefined;
  for (let i = 0; i < 5; i++) {
    const begun = performance.now();
    const cloud = await start(local);
    const { endpoint } = keysOf(cloud.line);
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    if (answer.status !== 403) throw new Error(`an unsigned call was answered with ${answer.status}`);
    times.push(performance.now() - begun);
    if (i === 0) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      memory = residentMb(cloud.child.pid);
    }
    await cloud.stop();
  }
  const median = percentile(times, 0.5);
  rows.push({
    what: 'start to first answered request (median of 5)',
    value: median,
    unit: 'ms',
    aim: 'under 800',
    met: median < 800,
  });
  if (memory !== undefined)
    rows.push({
      what: 'idle memory (resident, 2 s after start)',
      value: memory,
      unit: 'MB',
      aim: 'under 150',
      met: memory < 150,
    });
}

/** What a test file pays that starts a cloud in its own process. */
async function inProcess(): Promise<void> {
  const starts: number[] = [];
  const ups: number[] = [];
  for (let i = 0; i < 6; i++) {
    const begun = performance.now();
    const cloud = await startLocalCloud();
    starts.push(performance.now() - begun);
    ups.push((await cloud.up('examples/local/greeter.yaml')).durationMs);
    await cloud.close();
  }
  const median = percentile(starts.slice(1), 0.5);
  rows.push(
    { what: "start of a cloud inside a test's process, the first", value: starts[0] ?? 0, unit: 'ms' },
    {
      what: 'start of a further one (median of 5)',
      value: median,
      unit: 'ms',
      aim: 'under 300',
      met: median < 300,
    },
    {
      what: 'up of a function and two queues there (median of 5)',
      value: percentile(ups.slice(1), 0.5),
      unit: 'ms',
    },
  );
}

async function stack(): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const cloud = await start(local);
    const { endpoint, ...credentials } = keysOf(cloud.line);
    times.push(await largeStack({ endpoint, region: 'us-east-1', credentials }));
    await cloud.stop();
  }
  const median = percentile(times, 0.5);
  rows.push({
    what: 'CreateStack of 500 resources in a cloud just started (median of 3)',
    value: median,
    unit: 'ms',
    aim: 'under 500',
    met: median < 500,
  });
}

async function system(): Promise<void> {
  const folder = join(process.cwd(), 'systems/room-detection');
  const begun = performance.now();
  const assembly = await synthesize({
    folder,
    accountId: '000000000000',
    region: 'us-east-1',
    host: silentHost,
  });
  rows.push({ what: 'build and synthesize room-detection', value: performance.now() - begun, unit: 'ms' });
  const cloud = await start(local);
  const running = await findRunning(cloud.directory);
  if (!running) throw new Error('the local cloud does not answer');
  const up = await deployTarget({ target: assembly, cloud: running });
  rows.push({
    what: 'up of room-detection from a ready assembly (bootstrap included)',
    value: up.durationMs,
    unit: 'ms',
    aim: 'under 5000',
    met: up.durationMs < 5000,
  });
  const again = await deployTarget({ target: assembly, cloud: running });
  rows.push({ what: 'up again, nothing changed', value: again.durationMs, unit: 'ms' });
  const outputs = up.stacks[0]?.outputs ?? {};
  const target = {
    apiUrl: outputs.ApiUrl ?? '',
    table: outputs.TableName ?? '',
    dynamodb: new DynamoDBClient({
      endpoint: running.endpoint,
      region: running.region,
      credentials: running.credentials,
    }),
  };
  // The first of each: a cold function and an idle worker are not what is measured.
  await jobLatencies(target, 10);
  for (const [atOnce, rounds] of [
    [1, 30],
    [10, 5],
    [100, 2],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(...(await jobLatencies(target, atOnce)));
    const p50 = percentile(times, 0.5);
    rows.push({
      what: `job POST → completed, ${atOnce} at once`,
      value: p50,
      unit: 'ms p50',
      aim: 'p50 under 150',
      met: p50 < 150,
      note: `p95 ${percentile(times, 0.95).toFixed(0)} ms, n=${times.length}${p50 < 150 ? '' : `; ${why}`}`,
    });
  }
  await cloud.stop();
}

await startUp();
await inProcess();
await stack();
await system();

const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node.js ${process.versions.node}, ${process.platform}`;
console.log(`\nSlipway benchmarks: ${machine}\n`);
for (const row of rows)
  console.log(
    `${row.what.padEnd(64)} ${row.value.toFixed(row.value < 100 ? 1 : 0).padStart(8)} ${row.unit.padEnd(11)} ${row.aim ? `aim ${row.aim}: ${row.met ? 'met' : 'MISSED'}` : ''}${row.note ? `  (${row.note})` : ''}`,
  );
const folder = join(process.cwd(), 'bench', 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, 'local-cloud.json');
writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), machine, rows }, null, 2)}\n`);
console.log(`\nwritten to ${file.replace(`${process.cwd()}/`, '')}`);
process.exit(0);
