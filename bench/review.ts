/**
 * `npm run bench -- review`: how long a review takes of the 500 resources that review-app.mjs has, as a process and by
 * section, with a plain synth and cdk-nag beside it, then the capacity simulation alone. Prints a table and writes
 * bench/results/review.json. Nothing fails on a time: a missed aim is printed as missed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchitecture } from '../src/architecture/index.ts';
import type { ReviewReport } from '../src/review/report.ts';
import { review } from '../src/review/review.ts';
import { runTools } from '../src/review/security/tools/index.ts';
import { reviewSimulation } from './review-simulation.ts';

interface Row {
  readonly what: string;
  /** s, least of the runs */
  readonly wall: number;
  /** s of processor time, of all threads; least of the runs */
  readonly cpu: number;
  readonly memoryMb?: number;
  readonly runs: number;
  readonly aim?: string;
  readonly met?: boolean;
  readonly note?: string;
}

const aimSeconds = 3;
const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-review-'));
const caches = join(folder, 'caches');
const kept = join(caches, 'slipway', 'review');
const app = join(folder, 'cdk.out');
const rows: Row[] = [];

interface Run {
  readonly wall: number;
  readonly cpu: number;
  readonly memoryMb: number;
  readonly stdout: string;
}

/** A process of Node.js to its end; its exit code may say that a gate failed. */
function run(args: readonly string[], environment: NodeJS.ProcessEnv): Run {
  const file = join(folder, 'usage.json');
  rmSync(file, { force: true });
  const begun = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', './bench/usage.cjs', ...args], {
    env: { ...process.env, XDG_CACHE_HOME: caches, LOCALAPPDATA: caches, BENCH_USAGE: file, ...environment },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const wall = (performance.now() - begun) / 1000;
  try {
    const usage = JSON.parse(readFileSync(file, 'utf8')) as Pick<Run, 'cpu' | 'memoryMb'>;
    return { wall, stdout, ...usage };
  } catch {
    throw new Error(`${args.join(' ')} did not end as it should:\n${stderr}`);
  }
}

interface Measured {
  readonly args: readonly string[];
  readonly runs: number;
  readonly environment?: NodeJS.ProcessEnv;
  before?(): void;
}

/** @returns what the quickest printed */
function measure(what: string, { args, runs, environment = {}, before }: Measured, more: Partial<Row> = {}) {
  const done = Array.from({ length: runs }, () => {
    before?.();
    return run(args, environment);
  });
  const wall = Math.min(...done.map((one) => one.wall));
  const row = {
    what,
    wall,
    cpu: Math.min(...done.map((one) => one.cpu)),
    memoryMb: Math.min(...done.map((one) => one.memoryMb)),
    runs,
    ...more,
  };
  rows.push(row.aim === undefined ? row : { ...row, met: wall < aimSeconds });
  return done.find((one) => one.wall === wall)?.stdout ?? '';
}

const forget = (which: RegExp, where = kept) => {
  mkdirSync(where, { recursive: true });
  for (const name of readdirSync(where)) if (which.test(name)) rmSync(join(where, name));
};
const answers = /\.json$/;
const everything = /./;

function processes(): ReviewReport {
  const synth = { args: ['bench/review-app.mjs'], runs: 3 };
  const unchecked = { CDK_OUTDIR: app, CDK_VALIDATION: 'false' };
  measure('plain synth of the app', { ...synth, environment: unchecked }, { note: 'CDK_VALIDATION=false' });
  measure(
    'plain synth with the CDK’s own check of templates',
    { ...synth, runs: 2, environment: { CDK_OUTDIR: join(folder, 'checked.out') } },
    { note: 'the CDK’s default; it is cloudformation-validate' },
  );
  measure(
    'synth with cdk-nag in the app, as its README has it',
    { ...synth, environment: { ...unchecked, CDK_OUTDIR: join(folder, 'nag.out'), CDK_NAG: '1' } },
    { note: 'CDK_VALIDATION=false' },
  );
  const aim = `wall under ${aimSeconds} s`;
  const cli = ['bin/slipway.mjs', 'review', app, '--json'];
  const quick = [...cli, '--only', 'cost,security,recovery,readiness'];
  measure(
    'slipway review without the simulation: first on this machine',
    { args: quick, runs: 2, before: () => forget(everything) },
    { aim, note: 'builds the engine of cloudformation-validate' },
  );
  measure(
    'the same, template changed',
    { args: quick, runs: 4, before: () => forget(answers) },
    { aim, note: 'that engine is kept; both tools look at every stack' },
  );
  const stdout = measure(
    'the same, template unchanged',
    { args: quick, runs: 4 },
    { aim, note: 'both tools’ answers are kept' },
  );
  measure('slipway review --only cost,recovery,readiness', {
    args: [...cli, '--only', 'cost,recovery,readiness'],
    runs: 3,
  });
  const whole = measure('slipway review with the simulation, template unchanged', { args: cli, runs: 1 });
  const { capacity } = JSON.parse(whole) as ReviewReport;
  const last = rows.pop();
  if (last !== undefined && capacity !== undefined)
    rows.push({
      ...last,
      note: `${capacity.run.simulations} simulations of ${capacity.profile.duration / 3_600} h`,
    });
  return JSON.parse(stdout) as ReviewReport;
}

/** One tool in its thread, all of its answers new. */
async function tools(): Promise<void> {
  const architecture = await readArchitecture(app);
  const cacheFolder = join(folder, 'tools');
  const alone = async (what: string, runs: number, options: Parameters<typeof runTools>[1]) => {
    const done: { wall: number; cpu: number }[] = [];
    for (let i = 0; i < runs; i++) {
      const used = process.cpuUsage();
      const begun = performance.now();
      await runTools(architecture, options);
      const { user, system } = process.cpuUsage(used);
      done.push({ wall: (performance.now() - begun) / 1000, cpu: (user + system) / 1e6 });
      if (options?.cacheFolder !== undefined) forget(answers, cacheFolder);
    }
    const [wall, cpu] = [Math.min(...done.map((one) => one.wall)), Math.min(...done.map((one) => one.cpu))];
    rows.push({ what, wall, cpu, runs });
  };
  await alone('cdk-nag alone, in Slipway’s thread', 3, { validate: false });
  await alone('cloudformation-validate alone, engine built', 2, { nagPacks: [] });
  await runTools(architecture, { nagPacks: [], cacheFolder });
  forget(answers, cacheFolder);
  await alone('cloudformation-validate alone, engine kept', 3, { nagPacks: [], cacheFolder });
}

/** Of one that has run before: a server, or the second of two compared. */
async function warm(): Promise<void> {
  const options = { today: '2026-11-21', cacheFolder: kept } as const;
  const sections = ['cost', 'security', 'recovery', 'readiness'] as const;
  const runs = 5;
  const done: { wall: number; cpu: number }[] = [];
  for (let i = 0; i < runs; i++) {
    const used = process.cpuUsage();
    const begun = performance.now();
    await review(await readArchitecture(app), { ...options, sections });
    const { user, system } = process.cpuUsage(used);
    done.push({ wall: (performance.now() - begun) / 1000, cpu: (user + system) / 1e6 });
  }
  rows.push({
    what: 'review() in a process that has run it before',
    wall: Math.min(...done.map((one) => one.wall)),
    cpu: Math.min(...done.map((one) => one.cpu)),
    runs,
    note: 'both tools’ answers are kept',
  });
}

try {
  const loadBefore = loadavg()[0] ?? 0;
  const report = processes();
  await tools();
  await warm();
  const simulation = reviewSimulation();
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown processor',
    cores: availableParallelism(),
    node: process.versions.node,
    platform: process.platform,
    loadBefore,
  };
  const { name: _, resources, stacks } = report.app;
  const result = {
    date: new Date().toISOString(),
    machine,
    app: { resources, stacks: stacks.length },
    rows,
    sections: report.milliseconds,
    simulation,
  };
  print(result);
  const file = join('bench', 'results', 'review.json');
  mkdirSync(join('bench', 'results'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  execFileSync(process.execPath, ['bench/tables.mjs'], { stdio: 'inherit' });
  console.log(`written to ${file} and the table of bench/README.md`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print({
  machine,
  app: { resources, stacks },
  sections,
  simulation,
}: {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    loadBefore: number;
  };
  readonly app: { readonly resources: number; readonly stacks: number };
  readonly sections: ReviewReport['milliseconds'];
  readonly simulation: ReturnType<typeof reviewSimulation>;
}): void {
  const { cpu, cores, node, loadBefore } = machine;
  console.log(
    `\nReview of ${resources} resources in ${stacks} stacks: ${cpu}, ${cores} cores (load ${loadBefore.toFixed(1)} before), Node.js ${node}.\nLeast of the runs; processor time is of all threads.\n`,
  );
  const synth = rows[0]?.cpu ?? Number.NaN;
  for (const row of rows)
    console.log(
      `${row.what.padEnd(62)} ${row.wall.toFixed(2).padStart(7)} s ${row.cpu.toFixed(2).padStart(7)} s CPU ${(row.cpu / synth).toFixed(2).padStart(6)} of a synth ${row.memoryMb === undefined ? ''.padStart(7) : `${row.memoryMb.toFixed(0).padStart(4)} MB`}  n=${row.runs}${row.aim ? `  aim ${row.aim}: ${row.met ? 'met' : 'MISSED'}` : ''}${row.note ? `  (${row.note})` : ''}`,
    );
  const parts = Object.entries(sections).map(([name, ms]) => `${name} ${ms.toFixed(0)}`);
  console.log(`\nms by section, template unchanged, as a process: ${parts.join(', ')}\n`);
  for (const { what, value, unit, aim, met, note } of simulation)
    console.log(
      `${what.padEnd(62)} ${value.toFixed(2).padStart(7)} ${unit}  ${note ?? ''}${aim ? `  aim ${aim}: ${met ? 'met' : 'MISSED'}` : ''}`,
    );
}
