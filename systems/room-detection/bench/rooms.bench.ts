/**
 * Speed of room detection beside geos-wasm, jsts and @turf/polygonize, its growth up to a million walls, and its
 * accuracy per family. `npm run bench -w room-detection [-- --quick]` prints tables and writes JSON to results/.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { detectRooms, type Wall } from '../rooms/index.ts';
import { accuracyTable, scoreFamily } from './accuracy.ts';
import { type Growth, KINDS, readAll } from './growth.ts';
import { loadPeers, type Peer, type PeerResult } from './peers.ts';
import { bsp, grid } from './plans/clean.ts';
import { FAMILIES } from './plans/families.ts';
import { seeded } from './plans/plan.ts';

const quick = process.argv.includes('--quick');
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

interface Comparison {
  readonly plan: string;
  readonly engine: string;
  readonly rooms: number;
  readonly milliseconds: number;
  /** Time of this engine over the time of ours with all polygons read. */
  readonly ratio: number;
}

const ours: readonly Peer[] = [
  {
    name: 'room-detection, rooms found',
    nodes: true,
    run: (walls) => {
      const { rooms_count, total_area } = detectRooms(walls);
      return { rooms: rooms_count, area: total_area };
    },
  },
  {
    // What the others hand over: polygons with their holes.
    name: 'room-detection, polygons read',
    nodes: true,
    run: (walls) => {
      const { rooms, total_area } = detectRooms(walls);
      let corners = 0;
      for (const room of rooms) corners += room.polygon.length + room.holes.length;
      return { rooms: corners > 0 ? rooms.length : 0, area: total_area };
    },
  },
  {
    name: 'room-detection, every field read',
    nodes: true,
    run: (walls) => {
      const { rooms, total_area } = detectRooms(walls);
      let read = 0;
      for (const room of rooms) read += readAll(room);
      return { rooms: read > 0 ? rooms.length : 0, area: total_area };
    },
  },
];

/** The least time of all runs within so many milliseconds, at least three; the first ones warm up. */
function time(run: () => PeerResult, within: number): { result: PeerResult; least: number } {
  let result = run();
  let least = Infinity;
  const until = performance.now() + within;
  for (let i = 0; i < 3 || performance.now() < until; i++) {
    const started = performance.now();
    result = run();
    least = Math.min(least, performance.now() - started);
  }
  return { result, least };
}

function compare(name: string, walls: readonly Wall[], noded: boolean, peers: readonly Peer[]): Comparison[] {
  const rows: Comparison[] = [];
  let own = 0;
  for (const peer of [...ours, ...peers]) {
    if (!noded && !peer.nodes) continue;
    const { result, least } = time(() => peer.run(walls), quick ? 500 : 2000);
    if (peer === ours[1]) own = least;
    rows.push({
      plan: name,
      engine: peer.name,
      rooms: result.rooms,
      milliseconds: least,
      ratio: least / own,
    });
  }
  return rows.map((row) => ({ ...row, ratio: row.milliseconds / own }));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => (r[i] ?? '').length)));
  return [head, ...rows]
    .map((r) =>
      r.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
}

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  loadBefore: loadavg()[0] ?? 0,
};
print(
  `${machine.cores} cores (${machine.cpu}), ${machine.memoryGB} GB, Node ${machine.node}; every engine on one thread.`,
);
print(
  `Load of the machine before the run: ${machine.loadBefore.toFixed(2)}. Times are the least of several runs, warm.\n`,
);

const peers = await loadPeers();
const comparisons = [
  ...compare('grid, 49 rooms', grid(7).walls, true, peers),
  ...compare('grid, 2,500 rooms', grid(50).walls, true, peers),
  ...compare('grid, 10,000 rooms', grid(100).walls, true, peers),
  ...compare('BSP, 2,500 rooms', bsp(2500, seeded(7)).walls, false, peers),
];
if (!quick)
  comparisons.push(
    ...compare(
      'grid, 49,729 rooms',
      grid(223).walls,
      true,
      peers.filter((p) => !p.name.startsWith('jsts')),
    ),
  );
print(
  table(
    ['plan', 'engine', 'rooms', 'ms', 'times ours'],
    comparisons.map((c) => [
      c.plan,
      c.engine,
      String(c.rooms),
      c.milliseconds.toFixed(2),
      c.engine.startsWith('room-detection') ? '' : c.ratio.toFixed(1),
    ]),
  ),
);

const growth: Growth[] = [];
const script = fileURLToPath(new URL('./growth.ts', import.meta.url));
for (const kind of KINDS) {
  for (const walls of quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000]) {
    const line = execFileSync(process.execPath, ['--import', 'tsx', script, kind, String(walls)], {
      encoding: 'utf8',
    });
    const row: Growth = JSON.parse(line);
    growth.push(row);
  }
}
/** log of the growth in time over the log of the growth in edges: 1 is linear. */
const exponent = (row: Growth, i: number): string => {
  const before = growth[i - 1];
  if (before === undefined || before.kind !== row.kind) return '';
  return (Math.log(row.found / before.found) / Math.log(row.edges / before.edges)).toFixed(2);
};
print(
  `\n${table(
    ['plan', 'walls', 'edges', 'rooms', 'found ms', 'read ms', 'edges/s', 'growth', 'MB', 'MB all'],
    growth.map((g, i) => [
      g.kind,
      String(g.walls),
      String(g.edges),
      String(g.rooms),
      g.found.toFixed(1),
      g.read.toFixed(1),
      g.edgesPerSecond.toExponential(2),
      exponent(g, i),
      g.megabytes.toFixed(0),
      g.megabytesAll.toFixed(0),
    ]),
  )}`,
);

const accuracy = FAMILIES.map((family) => scoreFamily(family, quick ? 10 : 60, 5000));
print(`\n${accuracyTable(accuracy)}`);

const folder = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(folder, { recursive: true });
const file = `${folder}rooms.json`;
writeFileSync(file, `${JSON.stringify({ machine, comparisons, growth, accuracy }, null, 2)}\n`);
print(`\nWritten to ${file.slice(file.indexOf('bench/'))}.`);
