/** The arithmetic of the plan view: viewport, hit-testing, colours, and the numbers as they are written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourRooms } from '../../page/src/canvas/colours.ts';
import { createRoomIndex } from '../../page/src/canvas/room-index.ts';
import {
  fitBox,
  panBy,
  pictureTransform,
  toScreen,
  toWorld,
  visibleBox,
  zoomAt,
} from '../../page/src/canvas/viewport.ts';
import { count, duration, percent, shortNumber } from '../../page/src/plan/numbers.ts';
import type { Box, Ring } from '../../rooms/index.ts';

const size = { width: 800, height: 600 };
const view = fitBox([0, 0, 40, 30], size);

describe('the viewport', () => {
  it('shows the whole box, in the middle', () => {
    const [minX, minY, maxX, maxY] = visibleBox(view, size);
    expect(minX).toBeLessThanOrEqual(0);
    expect(minY).toBeLessThanOrEqual(0);
    expect(maxX).toBeGreaterThanOrEqual(40);
    expect(maxY).toBeGreaterThanOrEqual(30);
    const [x, y] = toScreen(view, [20, 15]);
    expect(x).toBeCloseTo(400);
    expect(y).toBeCloseTo(300);
  });

  it.each([[[5, 5, 5, 5]], [[0, 0, 10, 0]], [[0, 0, 0, 10]]] as [Box][])(
    'has a finite scale for a plan without width or height: %j',
    (box) => {
      const { scale, left, top } = fitBox(box, size);
      expect(scale).toBeGreaterThan(0);
      expect([scale, left, top].every(Number.isFinite)).toBe(true);
    },
  );

  it('puts y up', () => {
    expect(toScreen(view, [0, 30])[1]).toBeLessThan(toScreen(view, [0, 0])[1]);
  });

  it('zooms around the point under the pointer and stays within its limits', () => {
    const before = toWorld(view, [123, 456]);
    const zoomed = zoomAt(view, 3, [123, 456], [0.1, 1000]);
    const after = toWorld(zoomed, [123, 456]);
    expect(after[0]).toBeCloseTo(before[0]);
    expect(after[1]).toBeCloseTo(before[1]);
    expect(zoomAt(view, 1e9, [0, 0], [0.1, 1000]).scale).toBe(1000);
    expect(zoomAt(view, 1e-9, [0, 0], [0.1, 1000]).scale).toBe(0.1);
  });

  it('moves a painted picture to where it would be painted', () => {
    const wanted = panBy(zoomAt(view, 2, [10, 20], [0.1, 1000]), 33, -12);
    const { scale, dx, dy } = pictureTransform(view, wanted);
    const [x, y] = toScreen(view, [7, 9]);
    const [wantedX, wantedY] = toScreen(wanted, [7, 9]);
    expect(x * scale + dx).toBeCloseTo(wantedX);
    expect(y * scale + dy).toBeCloseTo(wantedY);
  });
});

const rectangle = (x: number, y: number, width: number, height: number, holes: Ring[] = []) => ({
  polygon: [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
    [x, y],
  ] as Ring,
  holes,
  bbox: [x, y, x + width, y + height] as Box,
  area: width * height,
});

describe('finding rooms', () => {
  it('finds the room under each point of a large plan', () => {
    const rooms = Array.from({ length: 10_000 }, (_, index) =>
      rectangle((index % 100) * 4, Math.floor(index / 100) * 3, 4, 3),
    );
    const index = createRoomIndex(rooms);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (room, at) => {
          const box = rooms[room]?.bbox ?? [0, 0, 0, 0];
          expect(index.roomAt([box[0] + 4 * at, box[1] + 3 * (1 - at)])).toBe(room);
        },
      ),
    );
    expect(index.roomAt([-1, 5])).toBeUndefined();
    expect(index.roomAt([5, 301])).toBeUndefined();
  });

  it('does not find a room in its courtyard, and prefers the smaller of two', () => {
    const court = rectangle(4, 4, 2, 2);
    const ring = rectangle(0, 0, 10, 10, [court.polygon]);
    const inner = rectangle(1, 1, 2, 2);
    const index = createRoomIndex([ring, inner]);
    expect(index.roomAt([5, 5])).toBeUndefined();
    expect(index.roomAt([2, 2])).toBe(1);
    expect(index.roomAt([8, 8])).toBe(0);
  });

  it('visits each room in view once and no other', () => {
    const coordinate = fc.integer({ min: -50, max: 50 });
    const part = fc.tuple(
      coordinate,
      coordinate,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), part, (parts, [x, y, width, height]) => {
        const rooms = parts.map((values) => rectangle(...values));
        const box: Box = [x, y, x + width, y + height];
        const index = createRoomIndex(rooms);
        const seen: number[] = [];
        index.forEachIn(box, (room) => seen.push(room));
        const expected = rooms.flatMap(({ bbox }, room) =>
          bbox[0] <= box[2] && box[0] <= bbox[2] && bbox[1] <= box[3] && box[1] <= bbox[3] ? [room] : [],
        );
        expect(seen.sort((one, other) => one - other)).toEqual(expected);
      }),
    );
  });

  it('copes with no rooms at all', () => {
    const index = createRoomIndex([]);
    expect(index.roomAt([0, 0])).toBeUndefined();
    index.forEachIn([0, 0, 1, 1], () => expect.unreachable());
  });
});

describe('room colours', () => {
  it('differ between the neighbours of a grid', () => {
    const side = 30;
    const rooms = Array.from({ length: side * side }, (_, index) => ({
      id: String(index),
      neighbours: [index - 1, index + 1, index - side, index + side].map(String),
    }));
    const colours = colourRooms(rooms);
    rooms.forEach((room, index) => {
      for (const neighbour of room.neighbours) {
        const other = colours[Number(neighbour)];
        if (other !== undefined) expect(other).not.toBe(colours[index]);
      }
    });
  });
});

describe('numbers', () => {
  it('are written for people', () => {
    expect(shortNumber(17.142857)).toBe('17.1');
    expect(shortNumber(125_626.4)).toBe('125,626');
    expect(count(1, 'room')).toBe('1 room');
    expect(count(10_000, 'room')).toBe('10,000 rooms');
    expect(duration(0.0004)).toBe('1 ms');
    expect(duration(2.345)).toBe('2.35 s');
  });

  it('never round a doubt away', () => {
    expect(percent(0.9999)).toBe('99 %');
    expect(percent(1)).toBe('100 %');
    expect(percent(0.29)).toBe('29 %');
  });
});
