/**
 * One plan of one kind and size, in a process of its own so that its memory can be told:
 * `node --import tsx bench/growth.ts <kind> <walls>` prints one line of JSON.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { detectRooms, type Room, type Wall } from '../rooms/index.ts';
import { bsp, grid } from './plans/clean.ts';
import { jittered } from './plans/dirty.ts';
import { seeded, wall } from './plans/plan.ts';

export const KINDS = ['grid', 'crossing lines', 'bsp', 'jittered grid', 'jittered bsp'] as const;
export type Kind = (typeof KINDS)[number];

export interface Growth {
  readonly kind: Kind;
  readonly walls: number;
  readonly edges: number;
  readonly rooms: number;
  /** Milliseconds, the least of the runs: rooms found, and rooms found and every field of each read. */
  readonly found: number;
  readonly read: number;
  readonly runs: number;
  readonly edgesPerSecond: number;
  /** Most memory of the whole process, the plan's objects included: after one run, and after all of them. */
  readonly megabytes: number;
  readonly megabytesAll: number;
}

/** A plan of about so many walls; for crossing lines, of so many pieces of wall between crossings. */
function plan(kind: Kind, size: number): Wall[] {
  const n = Math.max(1, Math.round(Math.sqrt(size / 2)));
  const random = seeded(7);
  if (kind === 'grid') return grid(n).walls;
  if (kind === 'jittered grid') return jittered(grid(n), 0.001, random).walls;
  if (kind === 'bsp') return bsp(size, random).walls;
  if (kind === 'jittered bsp') return jittered(bsp(size, random), 0.004, random).walls;
  const lines = [];
  for (let i = 0; i < n; i++) lines.push(wall(-0.5, i, n - 0.5, i), wall(i, -0.5, i, n - 0.5));
  return lines;
}

/** The plan, made in another process: what making it takes is not the engine's. */
function planFromElsewhere(kind: Kind, size: number): Wall[] {
  const script = fileURLToPath(import.meta.url);
  const bytes = execFileSync(
    process.execPath,
    ['--import', 'tsx', script, kind, String(size), 'coordinates'],
    {
      maxBuffer: 2 ** 30,
    },
  );
  const walls: Wall[] = [];
  for (let at = 0; at < bytes.length; at += 32) {
    const [ax, ay] = [bytes.readDoubleLE(at), bytes.readDoubleLE(at + 8)];
    walls.push(wall(ax, ay, bytes.readDoubleLE(at + 16), bytes.readDoubleLE(at + 24)));
  }
  return walls;
}

function coordinates(walls: readonly Wall[]): Buffer {
  const bytes = Buffer.alloc(32 * walls.length);
  walls.forEach(({ start, end }, i) => {
    [...start, ...end].forEach((value, k) => {
      bytes.writeDoubleLE(value, 32 * i + 8 * k);
    });
  });
  return bytes;
}

/** Reads every field of a room; the sum is there to be used. */
export function readAll(room: Room): number {
  const { label_point, centroid, bbox } = room;
  const lists =
    room.holes.length + room.neighbours.length + room.walls.length + room.load_bearing_walls.length;
  const measures = room.area + room.perimeter + room.confidence + label_point[0] + centroid[0] + bbox[0];
  return room.polygon.length + lists + room.id.length + (measures > 0 ? 1 : 0);
}

function measure(kind: Kind, size: number): Growth {
  const walls = planFromElsewhere(kind, size);
  const maxRuns = size > 200_000 ? 3 : size > 20_000 ? 6 : 20;
  let found = Infinity;
  let edges = 0;
  let megabytes = 0;
  let rooms = 0;
  for (let i = 0; i < maxRuns; i++) {
    const started = performance.now();
    const result = detectRooms(walls);
    found = Math.min(found, performance.now() - started);
    edges = result.stats.edges;
    rooms = result.rooms_count;
    if (i === 0) megabytes = process.resourceUsage().maxRSS / 1024;
  }
  let read = Infinity;
  let corners = 0;
  for (let i = 0; i < Math.min(maxRuns, 6); i++) {
    const started = performance.now();
    const result = detectRooms(walls);
    for (const room of result.rooms) corners += readAll(room);
    read = Math.min(read, performance.now() - started);
  }
  if (corners === 0 && rooms > 0) throw new Error('rooms without corners');
  return {
    kind,
    walls: walls.length,
    edges,
    rooms,
    found,
    read,
    runs: maxRuns,
    edgesPerSecond: edges / (found / 1000),
    megabytes,
    megabytesAll: process.resourceUsage().maxRSS / 1024,
  };
}

if (process.argv[1]?.endsWith('growth.ts')) {
  const kind = KINDS.find((k) => k === process.argv[2]);
  const size = Number(process.argv[3]);
  if (kind === undefined || !(size > 0)) throw new Error(`usage: growth.ts <${KINDS.join('|')}> <walls>`);
  if (process.argv[4] === 'coordinates') process.stdout.write(coordinates(plan(kind, size)));
  else process.stdout.write(`${JSON.stringify(measure(kind, size))}\n`);
}
