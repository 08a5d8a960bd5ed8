/** Families of exact plans with known rooms. */
import {
  around,
  mapped,
  type Plan,
  type Point,
  type Random,
  rectangle,
  shuffled,
  type Truth,
  wall,
} from './plan.ts';

/** n × n unit rooms, one wall per side of a room. */
export function grid(n: number): Plan {
  const walls = [];
  const rooms: Truth[] = [];
  for (let i = 0; i <= n; i++) {
    for (let k = 0; k < n; k++) {
      walls.push(wall(k, i, k + 1, i), wall(i, k, i, k + 1));
      if (i < n) rooms.push([rectangle(k, i, k + 1, i + 1)]);
    }
  }
  return { family: 'grid', walls, rooms };
}

/** n × n unit rooms, each wall of which runs through the whole plan and past its end. */
export function crossingLines(n: number): Plan {
  const walls = [];
  for (let i = 0; i <= n; i++) walls.push(wall(-0.5, i, n + 0.5, i), wall(i, -0.5, i, n + 0.5));
  return { family: 'crossing lines', walls, rooms: grid(n).rooms };
}

/** A building cut in two by one wall, its parts cut in two, and so on. Walls meet in T-junctions. */
export function bsp(rooms: number, random: Random): Plan {
  const side = Math.sqrt(rooms) * 4;
  const walls = around(rectangle(0, 0, side, side));
  const done: Truth[] = [];
  const split = (x0: number, y0: number, x1: number, y1: number, parts: number): void => {
    const w = x1 - x0;
    const h = y1 - y0;
    if (parts < 2) {
      done.push([rectangle(x0, y0, x1, y1)]);
      return;
    }
    const first = Math.max(1, Math.min(parts - 1, Math.round(parts * (0.35 + 0.3 * random()))));
    const share = first / parts;
    if (w > h) {
      const x = x0 + w * share;
      walls.push(wall(x, y0, x, y1));
      split(x0, y0, x, y1, first);
      split(x, y0, x1, y1, parts - first);
    } else {
      const y = y0 + h * share;
      walls.push(wall(x0, y, x1, y));
      split(x0, y0, x1, y, first);
      split(x0, y, x1, y1, parts - first);
    }
  };
  split(0, 0, side, side, rooms);
  return { family: 'bsp', walls, rooms: done };
}

/** Voronoi cells of random points in a square, drawn to six decimals. */
export function voronoi(cells: number, random: Random): Plan {
  const side = Math.sqrt(cells) * 4;
  const sites: Point[] = Array.from({ length: cells }, () => [random() * side, random() * side]);
  const walls = new Map<string, ReturnType<typeof wall>>();
  const rooms: Truth[] = [];
  const round = (v: number): number => Math.round(v * 1e6) / 1e6;
  for (const site of sites) {
    let cell: Point[] = [...rectangle(0, 0, side, side)];
    for (const other of sites) {
      if (other === site) continue;
      const nx = other[0] - site[0];
      const ny = other[1] - site[1];
      const limit = (other[0] ** 2 + other[1] ** 2 - site[0] ** 2 - site[1] ** 2) / 2;
      cell = clipped(cell, nx, ny, limit);
    }
    const ring = cell.map(([x, y]): Point => [round(x), round(y)]);
    const corners = ring.filter((p, i) => {
      const q = ring[(i + 1) % ring.length] as Point;
      return p[0] !== q[0] || p[1] !== q[1];
    });
    rooms.push([corners]);
    for (const w of around(corners)) {
      const [a, b] = [w.start.join(), w.end.join()].sort();
      walls.set(`${a} ${b}`, w);
    }
  }
  return { family: 'voronoi', walls: shuffled([...walls.values()], random), rooms };
}

/** The part of a convex ring where nx·x + ny·y ≤ limit. */
function clipped(ring: readonly Point[], nx: number, ny: number, limit: number): Point[] {
  const kept: Point[] = [];
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i] as Point;
    const [bx, by] = ring[(i + 1) % ring.length] as Point;
    const a = nx * ax + ny * ay - limit;
    const b = nx * bx + ny * by - limit;
    if (a <= 0) kept.push([ax, ay]);
    if ((a < 0 && b > 0) || (a > 0 && b < 0))
      kept.push([ax + ((bx - ax) * a) / (a - b), ay + ((by - ay) * a) / (a - b)]);
  }
  return kept;
}

/** Unit squares grouped into rooms; a wall stands wherever two squares of different groups meet. */
function fromSquares(family: string, n: number, group: readonly (readonly number[])[], random: Random): Plan {
  const at = (x: number, y: number): number => group[y]?.[x] ?? -1;
  const walls = [];
  for (let i = 0; i <= n; i++) {
    for (let k = 0; k < n; k++) {
      if (at(k, i) !== at(k, i - 1)) walls.push(wall(k, i, k + 1, i));
      if (at(i, k) !== at(i - 1, k)) walls.push(random() < 0.5 ? wall(i, k, i, k + 1) : wall(i, k + 1, i, k));
    }
  }
  const squares = new Map<number, (readonly Point[])[]>();
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const list = squares.get(at(x, y)) ?? [];
      list.push(rectangle(x, y, x + 1, y + 1));
      squares.set(at(x, y), list);
    }
  }
  squares.delete(-1);
  return { family, walls: shuffled(walls, random), rooms: [...squares.values()] };
}

/** L-, U-, T-shaped and other rooms of up to five squares. */
export function polyominoes(n: number, random: Random): Plan {
  const group = Array.from({ length: n }, () => new Array<number>(n).fill(-1));
  const free = (x: number, y: number): boolean => group[y]?.[x] === -1;
  let next = 0;
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      if (!free(x, y)) continue;
      const cells: Point[] = [[x, y]];
      (group[y] as number[])[x] = next;
      for (let size = 1 + Math.floor(random() * 5); size > 1; size--) {
        const open = cells
          .flatMap(([cx, cy]): Point[] => [
            [cx + 1, cy],
            [cx - 1, cy],
            [cx, cy + 1],
            [cx, cy - 1],
          ])
          .filter(([cx, cy]) => free(cx, cy));
        if (open.length === 0) break;
        const [cx, cy] = open[Math.floor(random() * open.length)] as Point;
        (group[cy] as number[])[cx] = next;
        cells.push([cx, cy]);
      }
      next++;
    }
  }
  return fromSquares('L, U and T shapes', n, group, random);
}

/** Two corridors that wind around each other to the middle. */
export function spiral(turns: number, random: Random): Plan {
  const n = 4 * turns + 1;
  const group = Array.from({ length: n }, () => new Array<number>(n).fill(1));
  let [x, y, dx, dy] = [0, 0, 1, 0];
  const set = (): void => {
    (group[y] as number[])[x] = 0;
  };
  set();
  for (let run = n - 1, first = true; run > 0; run -= first ? 0 : 2) {
    for (let twice = first ? 1 : 0; twice < 2 && run > 0; twice++) {
      for (let i = 0; i < run; i++) {
        x += dx;
        y += dy;
        set();
      }
      [dx, dy] = [-dy, dx];
    }
    if (first) {
      first = false;
      for (let i = 0; i < run; i++) {
        x += dx;
        y += dy;
        set();
      }
      [dx, dy] = [-dy, dx];
    }
  }
  return fromSquares('spiral', n, group, random);
}

/** Buildings around courtyards that hold buildings around courtyards. */
export function courtyards(depth: number, random: Random): Plan {
  const rings: (readonly Point[])[] = [];
  let [x0, y0, x1, y1] = [0, 0, depth * 8, depth * 7];
  for (let i = 0; i < depth; i++) {
    rings.push(rectangle(x0, y0, x1, y1));
    x0 += 1 + random();
    y0 += 1 + random();
    x1 -= 1 + random();
    y1 -= 1 + random();
  }
  const rooms = rings.map(
    (ring, i): Truth => (i + 1 < rings.length ? [ring, rings[i + 1] as Point[]] : [ring]),
  );
  return { family: 'courtyards in courtyards', walls: rings.flatMap(around), rooms };
}

/** Every other square of a chessboard is drawn; inner ones that are not are rooms all the same. */
export function touching(n: number): Plan {
  const walls = [];
  const rooms: Truth[] = [];
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const drawn = (x + y) % 2 === 0;
      const ring = rectangle(x * 3, y * 2, x * 3 + 3, y * 2 + 2);
      if (drawn) walls.push(...around(ring));
      if (drawn || (x > 0 && y > 0 && x < n - 1 && y < n - 1)) rooms.push([ring]);
    }
  }
  return { family: 'rooms touching in points', walls, rooms };
}

/** Plans side by side, far apart, one of them inside a court of its own. */
export function campus(random: Random): Plan {
  const parts = [bsp(12, random), polyominoes(5, random), courtyards(3, random), grid(3)];
  const moved = parts.map((part, i) => mapped(part, ([x, y]) => [x + i * 60, y + (i % 2) * 35]));
  return {
    family: 'several buildings',
    walls: moved.flatMap((p) => p.walls),
    rooms: moved.flatMap((p) => p.rooms),
  };
}
