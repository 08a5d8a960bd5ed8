/**
 * What was repaired, and how much doubt each repair casts: its size as a share of the limit for its kind, kept
 * for each vertex and carried to the rooms that have the vertex on their border.
 */
import { FloatList, IntList } from './arrays.ts';
import type { Bridged } from './bridges.ts';
import type { Ends } from './ends.ts';
import type { Faces } from './faces.ts';
import { PROBE } from './misses.ts';
import type { Arrangement } from './noding.ts';
import type { Drawing } from './scale.ts';
import { scratchFlags, scratchFloats, scratchInts } from './scratch.ts';
import { ROOM, SLIVER, type Spaces, THICK_WALL } from './spaces.ts';
import type { Repair, RepairKind } from './types.ts';

const KINDS: readonly RepairKind[] = [
  'joined-ends',
  'snapped-end',
  'bridged-gap',
  'trimmed-overshoot',
  'dropped-short',
  'thick-wall',
  'sliver',
];

export interface RepairSource {
  readonly drawing: Drawing;
  readonly plan: Arrangement;
  readonly faces: Faces;
  readonly spaces: Spaces;
  readonly ends: Ends;
  readonly bent: Float64Array;
  readonly bridged: Bridged | null;
  readonly scale: number;
  readonly rounding: number;
  readonly tolerance: number;
  readonly bridgeWidth: number;
}

/** Repairs found so far; only those that are listed become objects. */
export interface Found {
  readonly kind: IntList;
  readonly size: FloatList;
  /** A vertex, a bridge, a wall or a cycle, depending on the kind. */
  readonly subject: IntList;
  readonly doubt: Float64Array;
}

export function findRepairs(source: RepairSource): Found {
  const { plan, ends, bent, rounding, tolerance, bridged } = source;
  const found: Found = {
    kind: new IntList(),
    size: new FloatList(),
    subject: new IntList(),
    doubt: scratchFloats(plan.vertices).fill(0),
  };
  for (let v = 0; v < bent.length; v++) {
    const moved = v < ends.count ? (ends.moved[v] as number) : 0;
    const by = bent[v] as number;
    if (moved <= rounding && by <= rounding) continue;
    add(found, moved >= by ? 'joined-ends' : 'snapped-end', Math.max(moved, by), v);
    addDoubt(found, v, Math.max(moved, by) / tolerance);
  }
  if (bridged !== null) {
    bridged.gap.forEach((gap, i) => {
      add(found, 'bridged-gap', gap, i);
      addDoubt(found, bridged.from[i] as number, gap / source.bridgeWidth);
      addDoubt(found, bridged.to[i] as number, gap / source.bridgeWidth);
    });
  }
  findOvershoots(source, found);
  findShortWalls(source, found);
  for (let c = 0; c < source.spaces.kind.length; c++) {
    const kind = source.spaces.kind[c];
    if (kind === THICK_WALL) add(found, 'thick-wall', source.spaces.breadth[c] as number, c);
    if (kind === SLIVER) add(found, 'sliver', source.spaces.breadth[c] as number, c);
  }
  return found;
}

function add(found: Found, kind: RepairKind, size: number, subject: number): void {
  found.kind.push(KINDS.indexOf(kind));
  found.size.push(size);
  found.subject.push(subject);
}

function addDoubt(found: Found, vertex: number, doubt: number): void {
  found.doubt[vertex] = Math.max(found.doubt[vertex] as number, Math.min(1, doubt));
}

/** Loose edges that stick out of a border by less than the probe. */
function findOvershoots(source: RepairSource, found: Found): void {
  const { plan, faces, drawing } = source;
  if (faces.looseEdges === 0) return;
  const { ends, count } = plan.edges;
  const degree = scratchInts(plan.vertices).fill(0);
  const bordering = scratchFlags(plan.vertices).fill(0);
  for (let e = 0; e < count; e++) {
    const a = ends[2 * e] as number;
    const b = ends[2 * e + 1] as number;
    degree[a] = (degree[a] as number) + 1;
    degree[b] = (degree[b] as number) + 1;
    if (faces.cycleOf[2 * e] === -1) continue;
    bordering[a] = 1;
    bordering[b] = 1;
  }
  const limit = source.scale * PROBE;
  for (let e = 0; e < count; e++) {
    const a = ends[2 * e] as number;
    const b = ends[2 * e + 1] as number;
    const free = degree[a] === 1 ? a : degree[b] === 1 ? b : -1;
    if (free < 0 || isBridge(plan, e, drawing.walls)) continue;
    const base = free === a ? b : a;
    if (bordering[base] === 0) continue;
    const dx = (plan.x[b] as number) - (plan.x[a] as number);
    const dy = (plan.y[b] as number) - (plan.y[a] as number);
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length > limit) continue;
    add(found, 'trimmed-overshoot', length, free);
    addDoubt(found, base, length / limit);
  }
}

function findShortWalls(source: RepairSource, found: Found): void {
  const { drawing, ends } = source;
  for (let i = 0; i < drawing.walls; i++) {
    if (ends.vertexOf[2 * i] !== ends.vertexOf[2 * i + 1]) continue;
    const dx = (drawing.x[2 * i + 1] as number) - (drawing.x[2 * i] as number);
    const dy = (drawing.y[2 * i + 1] as number) - (drawing.y[2 * i] as number);
    add(found, 'dropped-short', Math.sqrt(dx * dx + dy * dy), i);
  }
}

/** Whether an edge is nowhere drawn, only bridged. */
export function isBridge(plan: Arrangement, e: number, walls: number): boolean {
  const { wallStart, wall } = plan.edges;
  for (let i = wallStart[e] as number; i < (wallStart[e + 1] as number); i++) {
    if ((wall[i] as number) < walls) return false;
  }
  return true;
}

/**
 * Confidence of each room: the share of its border that is drawn, times a factor for the worst repair on its
 * border (1 without any, a half at the limit), times a factor for its breadth (0 at that of a sliver, 1 from
 * twice that).
 */
export function confidenceOf(source: RepairSource, found: Found): Float64Array {
  const { plan, faces, spaces, bridged, drawing } = source;
  const confidence = new Float64Array(faces.cycles);
  for (let c = 0; c < faces.cycles; c++) {
    if (spaces.kind[c] !== ROOM) continue;
    const breadth = (spaces.breadth[c] as number) / spaces.leastBreadth - 1;
    confidence[c] = Math.max(0, Math.min(1, breadth));
    if (found.kind.length === 0) continue;
    let worst = 0;
    let bridgedLength = 0;
    const from = spaces.heldStart[c] as number;
    for (let i = from - 1; i < (spaces.heldStart[c + 1] as number); i++) {
      const start = faces.first[i < from ? c : (spaces.held[i] as number)] as number;
      let h = start;
      do {
        const v = faces.origin[h] as number;
        worst = Math.max(worst, found.doubt[v] as number);
        if (bridged !== null && isBridge(plan, h >> 1, drawing.walls)) {
          const w = faces.origin[h ^ 1] as number;
          const dx = (plan.x[w] as number) - (plan.x[v] as number);
          const dy = (plan.y[w] as number) - (plan.y[v] as number);
          bridgedLength += Math.sqrt(dx * dx + dy * dy);
        }
        h = faces.next[h] as number;
      } while (h !== start);
    }
    const drawn = 1 - bridgedLength / (spaces.perimeter[c] as number);
    confidence[c] = (confidence[c] as number) * drawn * (1 - worst / 2);
  }
  return confidence;
}

export function countRepairs(found: Found): Record<RepairKind, number> {
  const counts = new Array<number>(KINDS.length).fill(0);
  for (let i = 0; i < found.kind.length; i++) {
    const kind = found.kind.data[i] as number;
    counts[kind] = (counts[kind] as number) + 1;
  }
  const count = (kind: RepairKind): number => counts[KINDS.indexOf(kind)] as number;
  return {
    'joined-ends': count('joined-ends'),
    'snapped-end': count('snapped-end'),
    'bridged-gap': count('bridged-gap'),
    'trimmed-overshoot': count('trimmed-overshoot'),
    'dropped-short': count('dropped-short'),
    'thick-wall': count('thick-wall'),
    sliver: count('sliver'),
  };
}

/** The largest repairs, at most `maxRepairs`, in the order in which they were found. */
export function listRepairs(source: RepairSource, found: Found, maxRepairs: number): Repair[] {
  const count = found.size.length;
  const sizes = found.size.data.subarray(0, count);
  // The size that only `maxRepairs` others exceed; of several that have just this size the first are listed.
  const limit = count > maxRepairs ? thresholdSize(sizes, maxRepairs) : -1;
  let ties = maxRepairs;
  for (let i = 0; i < count; i++) if ((sizes[i] as number) > limit) ties--;
  const chosen: number[] = [];
  for (let i = 0; i < count; i++) {
    const size = sizes[i] as number;
    if (size > limit || (size === limit && ties-- > 0)) chosen.push(i);
  }
  const wallsAt = wallsAtVertices(source, found, chosen);
  return chosen.map((i) => {
    const kind = KINDS[found.kind.data[i] as number] as RepairKind;
    const subject = found.subject.data[i] as number;
    const distance = sizes[i] as number;
    return { kind, distance, ...placeOf(source, kind, subject, wallsAt) };
  });
}

/** The size that fewer than `count` others exceed; Infinity where none is wanted. */
function thresholdSize(sizes: Float64Array, count: number): number {
  if (count <= 0) return Infinity;
  const list = scratchFloats(sizes.length);
  list.set(sizes);
  const rank = sizes.length - count;
  let low = 0;
  let high = sizes.length - 1;
  // Quickselect: what is left of the rank is no larger, what is right of it no smaller.
  while (low < high) {
    const pivot = list[(low + high) >> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((list[i] as number) < pivot) i++;
      while ((list[j] as number) > pivot) j--;
      if (i > j) break;
      const size = list[i] as number;
      list[i++] = list[j] as number;
      list[j--] = size;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return list[rank] as number;
}

function placeOf(
  source: RepairSource,
  kind: RepairKind,
  subject: number,
  wallsAt: ReadonlyMap<number, ReadonlySet<number>>,
): Pick<Repair, 'at' | 'walls'> {
  const { plan, drawing, bridged } = source;
  const at = (v: number): readonly [number, number] => [plan.x[v] as number, plan.y[v] as number];
  const near = (v: number): number[] => [...(wallsAt.get(v) ?? [])].sort((a, b) => a - b);
  switch (kind) {
    case 'joined-ends':
    case 'snapped-end':
    case 'trimmed-overshoot':
      return { at: at(subject), walls: near(subject) };
    case 'bridged-gap': {
      const from = bridged?.from[subject] ?? 0;
      const to = bridged?.to[subject] ?? 0;
      const [ax, ay] = at(from);
      const [bx, by] = at(to);
      const walls = new Set([...near(from), ...near(to)]);
      return { at: [(ax + bx) / 2, (ay + by) / 2], walls: [...walls].sort((a, b) => a - b) };
    }
    case 'dropped-short':
      return {
        at: [drawing.x[2 * subject] as number, drawing.y[2 * subject] as number],
        walls: [subject],
      };
    case 'thick-wall':
    case 'sliver':
      return placeOfSpace(source, subject);
  }
}

/** The middle of the longest side, and the walls around. */
function placeOfSpace(source: RepairSource, cycle: number): Pick<Repair, 'at' | 'walls'> {
  const { plan, faces, drawing } = source;
  const walls = new Set<number>();
  let at: readonly [number, number] = [0, 0];
  let longest = -1;
  const start = faces.first[cycle] as number;
  let h = start;
  do {
    const a = faces.origin[h] as number;
    const b = faces.origin[h ^ 1] as number;
    const ax = plan.x[a] as number;
    const ay = plan.y[a] as number;
    const bx = plan.x[b] as number;
    const by = plan.y[b] as number;
    const length = Math.hypot(bx - ax, by - ay);
    if (length > longest) {
      longest = length;
      at = [(ax + bx) / 2, (ay + by) / 2];
    }
    const end = plan.edges.wallStart[(h >> 1) + 1] as number;
    for (let i = plan.edges.wallStart[h >> 1] as number; i < end; i++) {
      const wall = plan.edges.wall[i] as number;
      if (wall < drawing.walls) walls.add(wall);
    }
    h = faces.next[h] as number;
  } while (h !== start);
  return { at, walls: [...walls].sort((a, b) => a - b) };
}

function wallsAtVertices(
  source: RepairSource,
  found: Found,
  chosen: readonly number[],
): Map<number, Set<number>> {
  const { plan, bridged, drawing } = source;
  const wallsAt = new Map<number, Set<number>>();
  const want = (v: number | undefined): void => {
    if (v !== undefined) wallsAt.set(v, new Set());
  };
  for (const i of chosen) {
    const kind = KINDS[found.kind.data[i] as number];
    const subject = found.subject.data[i] as number;
    if (kind === 'joined-ends' || kind === 'snapped-end' || kind === 'trimmed-overshoot') want(subject);
    if (kind === 'bridged-gap') {
      want(bridged?.from[subject]);
      want(bridged?.to[subject]);
    }
  }
  if (wallsAt.size === 0) return wallsAt;
  const wanted = scratchFlags(plan.vertices).fill(0);
  for (const v of wallsAt.keys()) wanted[v] = 1;
  const { ends, wallStart, wall, count } = plan.edges;
  for (let e = 0; e < count; e++) {
    for (let end = 0; end < 2; end++) {
      const v = ends[2 * e + end] as number;
      if (wanted[v] === 0) continue;
      const walls = wallsAt.get(v) as Set<number>;
      for (let i = wallStart[e] as number; i < (wallStart[e + 1] as number); i++) {
        const w = wall[i] as number;
        if (w < drawing.walls) walls.add(w);
      }
    }
  }
  return wallsAt;
}
