import { describe, expect, it } from 'vitest';
import { around, rectangle, wall } from '../../bench/plans/plan.ts';
import { detectRooms, type Room, type Wall } from '../../rooms/index.ts';

function roomsOf(walls: readonly Wall[]): readonly Room[] {
  return detectRooms(walls).rooms;
}

function byArea(walls: readonly Wall[]): Room[] {
  return [...roomsOf(walls)].sort((a, b) => b.area - a.area);
}

const box = around(rectangle(0, 0, 10, 8));

describe('a room', () => {
  it('is what four walls enclose, in whatever direction they were drawn', () => {
    const [room, ...more] = roomsOf([wall(0, 0, 4, 0), wall(4, 3, 4, 0), wall(0, 3, 4, 3), wall(0, 0, 0, 3)]);
    expect(more).toEqual([]);
    expect(JSON.parse(JSON.stringify(room))).toEqual({
      id: expect.stringMatching(/^room_[a-z2-9]{10}$/),
      polygon: [
        [0, 0],
        [4, 0],
        [4, 3],
        [0, 3],
        [0, 0],
      ],
      holes: [],
      area: 12,
      perimeter: 14,
      centroid: [2, 1.5],
      label_point: [2, 1.5],
      bbox: [0, 0, 4, 3],
      walls: [0, 1, 2, 3],
      load_bearing_walls: [],
      neighbours: [],
      confidence: 1,
    });
  });

  it('needs walls all around', () => {
    expect(roomsOf(box.slice(0, 3))).toEqual([]);
  });

  it('ends at a wall that meets others in T-junctions', () => {
    expect(byArea([...box, wall(4, 0, 4, 8)]).map((r) => r.area)).toEqual([48, 32]);
  });

  it('ends at walls that cross', () => {
    const rooms = roomsOf([...box, wall(-1, 4, 11, 4), wall(5, 9, 5, -1)]);
    expect(rooms.map((r) => r.area)).toEqual([20, 20, 20, 20]);
  });

  it('does not end at a wall that goes nowhere', () => {
    const [room, ...more] = roomsOf([...box, wall(0, 4, 6, 4), wall(6, 4, 6, 6), wall(2, 1, 3, 2)]);
    expect(more).toEqual([]);
    expect(room?.area).toBe(80);
    expect(room?.walls).toEqual([0, 1, 2, 3]);
  });

  it('is the same if its walls are drawn twice, in parts, or overlapping', () => {
    const parts = [
      wall(0, 0, 7, 0),
      wall(3, 0, 10, 0),
      wall(10, 0, 10, 8),
      wall(10, 8, 10, 0),
      wall(10, 8, 5, 8),
    ];
    const [room, ...more] = roomsOf([...parts, wall(5, 8, 0, 8), wall(0, 8, 0, 0), wall(0, 2, 0, 3)]);
    expect(more).toEqual([]);
    expect(room?.polygon).toEqual(roomsOf(box)[0]?.polygon);
    expect(room?.walls).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('has a hole where a building stands free inside it, clockwise', () => {
    const [outer, inner] = byArea([...box, ...around(rectangle(4, 3, 6, 5))]);
    expect(outer?.area).toBe(76);
    expect(outer?.holes).toEqual([
      [
        [4, 3],
        [4, 5],
        [6, 5],
        [6, 3],
        [4, 3],
      ],
    ]);
    expect(outer?.perimeter).toBe(44);
    expect(inner?.area).toBe(4);
    expect(outer?.neighbours).toEqual([inner?.id]);
    expect(inner?.neighbours).toEqual([outer?.id]);
  });

  it('has a hole too where one wall ties the inner building to the outer walls', () => {
    const [outer] = byArea([...box, ...around(rectangle(4, 3, 6, 5)), wall(0, 3, 4, 3)]);
    expect(outer?.area).toBe(76);
    expect(outer?.holes).toHaveLength(1);
    expect(outer?.walls).not.toContain(8);
  });

  it('has two holes where two inner buildings touch in a point', () => {
    const inner = [...around(rectangle(2, 2, 4, 4)), ...around(rectangle(4, 4, 6, 6))];
    const [outer] = byArea([...box, ...inner]);
    expect(outer?.area).toBe(72);
    expect(outer?.holes.map((ring) => ring.length)).toEqual([5, 5]);
  });

  it('has a hole that touches its outer ring where a building touches the wall from inside', () => {
    const [outer, inner] = byArea([...box, wall(5, 0, 6, 2), wall(6, 2, 4, 2), wall(4, 2, 5, 0)]);
    expect(outer?.area).toBe(78);
    expect(outer?.polygon).toHaveLength(5);
    expect(outer?.holes).toHaveLength(1);
    expect(inner?.area).toBe(2);
  });

  it('is no neighbour of one that it touches only in a point', () => {
    const [a, b] = roomsOf([...around(rectangle(0, 0, 1, 1)), ...around(rectangle(1, 1, 2, 2))]);
    expect(a?.neighbours).toEqual([]);
    expect(b?.neighbours).toEqual([]);
  });

  it('knows which of its walls bear loads', () => {
    const [room] = roomsOf([
      wall(0, 0, 4, 0, true),
      wall(4, 0, 4, 3),
      wall(4, 3, 0, 3, true),
      wall(0, 3, 0, 0),
    ]);
    expect(room?.load_bearing_walls).toEqual([0, 2]);
  });

  it('has its label inside, even if its centroid is not', () => {
    const u: [number, number][] = [
      [0, 0],
      [9, 0],
      [9, 8],
      [8, 8],
      [8, 1],
      [1, 1],
      [1, 8],
      [0, 8],
    ];
    const [room] = roomsOf(around(u));
    const [x, y] = room?.label_point ?? [5, 5];
    expect(room?.centroid[1]).toBeGreaterThan(1);
    expect(y < 1 || x < 1 || x > 8).toBe(true);
    expect(x > 0 && x < 9 && y > 0 && y < 8).toBe(true);
  });

  it('can be copied field by field once it is made plain', () => {
    const [room] = roomsOf(box);
    const plain: unknown = JSON.parse(JSON.stringify(room));
    expect(plain).toMatchObject({ id: room?.id, area: 80, polygon: room?.polygon, bbox: room?.bbox });
  });
});

describe('several parts', () => {
  it('counts the rooms of every building, and courts within courts', () => {
    const rings = [0, 1, 2, 3].flatMap((i) => around(rectangle(i * 3, i * 2, 40 - i * 3, 30 - i * 2)));
    const far = around(rectangle(1000, 1000, 1010, 1008));
    const { rooms, stats, total_area } = detectRooms([...rings, ...far]);
    expect(rooms).toHaveLength(5);
    expect(total_area).toBe(40 * 30 + 80);
    expect(stats.components).toBe(5);
    expect(rooms.filter((r) => r.holes.length === 1)).toHaveLength(3);
  });
});
