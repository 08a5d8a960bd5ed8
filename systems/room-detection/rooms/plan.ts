/**
 * Reads a plan from unknown JSON. Refuses anything that is not a list of straight walls with finite ends, and
 * names the first wall that is wrong; it never guesses, drops or repairs.
 */
import type { Wall } from './types.ts';

export type PlanErrorCode =
  | 'plan.not-an-object'
  | 'plan.no-walls'
  | 'plan.too-many-walls'
  | 'plan.bad-wall'
  | 'plan.too-dense';

export class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly code: PlanErrorCode;
  /** Where in the document, such as `walls[3].end`. */
  readonly path: string;
  readonly wallIndex: number | undefined;

  constructor(code: PlanErrorCode, path: string, problem: string, wallIndex?: number) {
    super(`${path}: ${problem}`);
    this.code = code;
    this.path = path;
    this.wallIndex = wallIndex;
  }
}

export interface PlanLimits {
  /** Default 2,000,000. */
  readonly maxWalls?: number;
}

export const MAX_WALLS = 2_000_000;

/**
 * The walls of a plan document `{"walls": […]}`; throws `PlanError` at the first thing that is wrong. Other fields,
 * of the plan and of its walls, are a drawing tool's own (a name, a layer, a thickness) and are let through.
 */
export function parsePlan(value: unknown, limits: PlanLimits = {}): readonly Wall[] {
  if (!isRecord(value)) {
    throw new PlanError('plan.not-an-object', 'plan', `expected {"walls": […]}, got ${shown(value)}`);
  }
  const walls = value.walls;
  if (!Array.isArray(walls)) {
    throw new PlanError('plan.no-walls', 'walls', `expected a list of walls, got ${shown(walls)}`);
  }
  if (walls.length === 0)
    throw new PlanError('plan.no-walls', 'walls', 'expected at least one wall, got none');
  const maxWalls = limits.maxWalls ?? MAX_WALLS;
  if (walls.length > maxWalls) throw tooMany(walls.length, maxWalls);
  const list: readonly unknown[] = walls;
  return list.map(parseWall);
}

export function tooMany(count: number, maxWalls: number): PlanError {
  return new PlanError(
    'plan.too-many-walls',
    'walls',
    `expected at most ${maxWalls} walls, got ${count}`,
    maxWalls,
  );
}

function parseWall(wall: unknown, index: number): Wall {
  const path = `walls[${index}]`;
  if (!isRecord(wall)) throw bad(path, 'expected {"type":"line","start":[x,y],"end":[x,y]}', wall, index);
  if (wall.type !== 'line') throw bad(`${path}.type`, 'expected "line"', wall.type, index);
  const start = parsePosition(wall.start, `${path}.start`, index);
  const end = parsePosition(wall.end, `${path}.end`, index);
  const bearing = wall.is_load_bearing;
  if (bearing === undefined) return { type: 'line', start, end };
  if (typeof bearing !== 'boolean') {
    throw bad(`${path}.is_load_bearing`, 'expected true or false', bearing, index);
  }
  return { type: 'line', start, end, is_load_bearing: bearing };
}

function parsePosition(value: unknown, path: string, index: number): readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) throw bad(path, 'expected [x, y]', value, index);
  const [x, y]: readonly unknown[] = value;
  if (!isCoordinate(x)) throw bad(`${path}[0]`, COORDINATE, x, index);
  if (!isCoordinate(y)) throw bad(`${path}[1]`, COORDINATE, y, index);
  return [x, y];
}

/** Beyond this, areas and cross products would overflow or lose the plan in rounding. */
export const MAX_COORDINATE = 1e15;
const COORDINATE = `expected a finite number between -${MAX_COORDINATE} and ${MAX_COORDINATE}`;

export function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && value >= -MAX_COORDINATE && value <= MAX_COORDINATE;
}

export function badCoordinate(path: string, got: unknown, index: number): PlanError {
  return bad(path, COORDINATE, got, index);
}

function bad(path: string, expected: string, got: unknown, index: number): PlanError {
  return new PlanError('plan.bad-wall', path, `${expected}, got ${shown(got)}`, index);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it may stand in a message: short, and telling NaN, null and "1" apart. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
