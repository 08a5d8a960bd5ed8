/**
 * The engines that others use for the same task, behind one function each: walls in, polygons out. geos-wasm is
 * LGPL and jsts EPL/EDL; both are used here and in the tests only, never by the system.
 */
import polygonize from '@turf/polygonize';
import initGeos from 'geos-wasm';
import type { Wall } from '../rooms/index.ts';

export interface Peer {
  readonly name: string;
  /** Whether the engine cuts walls where they cross or touch, or needs that done already. */
  readonly nodes: boolean;
  /** Number of polygons found and their total area, with all polygons read back into JavaScript. */
  readonly run: (walls: readonly Wall[]) => PeerResult;
}

export interface PeerResult {
  readonly rooms: number;
  readonly area: number;
}

export async function loadPeers(): Promise<Peer[]> {
  return [...(await loadGeos()), ...(await loadJsts()), turf];
}

async function loadGeos(): Promise<Peer[]> {
  const geos = await initGeos();
  const { Module } = geos;
  /** As a MultiLineString in well-known binary. */
  const encode = (walls: readonly Wall[]): number => {
    const bytes = new DataView(new ArrayBuffer(9 + 41 * walls.length));
    bytes.setUint8(0, 1);
    bytes.setUint32(1, 5, true);
    bytes.setUint32(5, walls.length, true);
    let at = 9;
    for (const { start, end } of walls) {
      bytes.setUint8(at, 1);
      bytes.setUint32(at + 1, 2, true);
      bytes.setUint32(at + 5, 2, true);
      bytes.setFloat64(at + 9, start[0], true);
      bytes.setFloat64(at + 17, start[1], true);
      bytes.setFloat64(at + 25, end[0], true);
      bytes.setFloat64(at + 33, end[1], true);
      at += 41;
    }
    const buffer = Module._malloc(at);
    Module.HEAPU8.set(new Uint8Array(bytes.buffer), buffer);
    const geometry = geos.GEOSGeomFromWKB_buf(buffer, at);
    Module._free(buffer);
    return geometry;
  };
  const run = (walls: readonly Wall[], union: boolean): PeerResult => {
    const lines = encode(walls);
    const noded = union ? geos.GEOSUnaryUnion(lines) : lines;
    const list = Module._malloc(4);
    Module.HEAP32[list >> 2] = noded;
    const found = geos.GEOSPolygonize(list, 1);
    const sizeAt = Module._malloc(4);
    const wkb = geos.GEOSGeomToWKB_buf(found, sizeAt);
    const size = Module.getValue(sizeAt, 'i32');
    const result = decode(new DataView(Module.HEAPU8.buffer, wkb, size));
    geos.GEOSFree(wkb);
    Module._free(list);
    Module._free(sizeAt);
    geos.GEOSGeom_destroy(found);
    if (noded !== lines) geos.GEOSGeom_destroy(noded);
    geos.GEOSGeom_destroy(lines);
    return result;
  };
  return [
    { name: 'geos-wasm, union + polygonize', nodes: true, run: (walls) => run(walls, true) },
    { name: 'geos-wasm, polygonize only', nodes: false, run: (walls) => run(walls, false) },
  ];
}

/** Reads a collection of polygons from well-known binary, corners and all. */
function decode(bytes: DataView): PeerResult {
  const rooms = bytes.getUint32(5, true);
  const polygons: [number, number][][][] = [];
  let area = 0;
  let at = 9;
  for (let i = 0; i < rooms; i++) {
    const rings = bytes.getUint32(at + 5, true);
    at += 9;
    const polygon: [number, number][][] = [];
    for (let r = 0; r < rings; r++) {
      const points = bytes.getUint32(at, true);
      at += 4;
      const ring: [number, number][] = [];
      for (let p = 0; p < points; p++, at += 16) {
        ring.push([bytes.getFloat64(at, true), bytes.getFloat64(at + 8, true)]);
      }
      polygon.push(ring);
      area += (r === 0 ? 1 : -1) * Math.abs(ringArea(ring));
    }
    polygons.push(polygon);
  }
  return { rooms: polygons.length, area };
}

function ringArea(ring: readonly (readonly number[])[]): number {
  let twice = 0;
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  for (let i = 1; i < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i - 1] ?? [];
    const [bx = 0, by = 0] = ring[i] ?? [];
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return twice / 2;
}

async function loadJsts(): Promise<Peer[]> {
  const load = async (path: string): Promise<unknown> => {
    const module: { default: unknown } = await import(`jsts/org/locationtech/jts/${path}.js`);
    return module.default;
  };
  // jsts carries no types for these deep entries; what is used of them is written down here.
  const Coordinate = (await load('geom/Coordinate')) as new (x: number, y: number) => object;
  const Factory = (await load('geom/GeometryFactory')) as new () => {
    createLineString(points: object[]): object;
    createMultiLineString(lines: object[]): object;
  };
  const UnaryUnion = (await load('operation/union/UnaryUnionOp')) as { union(lines: object): object };
  const Polygonizer = (await load('operation/polygonize/Polygonizer')) as new () => {
    add(lines: object): void;
    getPolygons(): {
      iterator(): { hasNext(): boolean; next(): { getArea(): number; getCoordinates(): object[] } };
    };
  };
  const factory = new Factory();
  const run = (walls: readonly Wall[], union: boolean): PeerResult => {
    const lines = factory.createMultiLineString(
      walls.map((w) =>
        factory.createLineString([
          new Coordinate(w.start[0], w.start[1]),
          new Coordinate(w.end[0], w.end[1]),
        ]),
      ),
    );
    const polygonizer = new Polygonizer();
    polygonizer.add(union ? UnaryUnion.union(lines) : lines);
    let rooms = 0;
    let area = 0;
    for (const it = polygonizer.getPolygons().iterator(); it.hasNext(); ) {
      area += it.next().getArea();
      rooms++;
    }
    return { rooms, area };
  };
  return [
    { name: 'jsts, union + polygonize', nodes: true, run: (walls) => run(walls, true) },
    { name: 'jsts, polygonize only', nodes: false, run: (walls) => run(walls, false) },
  ];
}

const turf: Peer = {
  name: '@turf/polygonize',
  nodes: false,
  run: (walls) => {
    const found = polygonize({
      type: 'FeatureCollection',
      features: walls.map((w) => ({
        type: 'Feature',
        properties: {},
        geometry: { type: 'LineString', coordinates: [[...w.start], [...w.end]] },
      })),
    });
    let area = 0;
    for (const { geometry } of found.features) {
      geometry.coordinates.forEach((ring, i) => {
        area += (i === 0 ? 1 : -1) * Math.abs(ringArea(ring));
      });
    }
    return { rooms: found.features.length, area };
  },
};
