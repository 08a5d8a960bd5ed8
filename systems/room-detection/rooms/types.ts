/** The shapes that go in and come out of room detection. No behaviour lives here. */

/** One straight wall of a plan, as drawn. */
export interface Wall {
  readonly type: 'line';
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
  readonly is_load_bearing?: boolean;
}

export type Position = readonly [number, number];
/** A closed ring as in GeoJSON: its last position repeats its first. */
export type Ring = readonly Position[];
/** `[minX, minY, maxX, maxY]` */
export type Box = readonly [number, number, number, number];

export interface DetectOptions {
  /**
   * Ends that miss each other or a wall by up to this distance are joined. Default: found from the plan, see
   * docs/rooms.md; an exact drawing gets none.
   */
  readonly tolerance?: number;
  /**
   * Loose wall ends are carried on over a gap of up to this width. Default: with the default tolerance, the
   * widest near miss, so that doors stay open; with a given one, 0.
   */
  readonly bridgeGaps?: number;
  /** What to do with the space between the two faces of a thick wall. Default `'wall'`. */
  readonly thickWalls?: 'wall' | 'room';
  /** Plans with more walls than this are refused. Default 2,000,000. */
  readonly maxWalls?: number;
  /** How many repairs are listed one by one; all are counted in `stats`. Default 1,000. */
  readonly maxRepairs?: number;
  /** Milliseconds from any origin, for `processing_time`. Default `performance.now`. */
  readonly now?: () => number;
}

/** `joined-ends`: ends that missed each other. `snapped-end`: an end that missed a wall's side.
 *  `bridged-gap`: a loose end carried on. `trimmed-overshoot`: an end that passed a wall, cut off.
 *  `dropped-short`: a wall no longer than the tolerance. `thick-wall`: two faces of one wall, not a room.
 *  `sliver`: a space thinner than the tolerance, not a room. */
export type RepairKind =
  | 'joined-ends'
  | 'snapped-end'
  | 'bridged-gap'
  | 'trimmed-overshoot'
  | 'dropped-short'
  | 'thick-wall'
  | 'sliver';

export interface Repair {
  readonly kind: RepairKind;
  readonly at: Position;
  /** How far an end was moved, how wide the gap, how long the overshoot, how thick the wall. */
  readonly distance: number;
  /** Indices of walls concerned. */
  readonly walls: readonly number[];
}

export interface Room {
  /** Follows from the room's own corners, so it does not depend on the order of the walls. */
  readonly id: string;
  /** Outer ring, counter-clockwise, closed. */
  readonly polygon: Ring;
  /** Inner rings, clockwise, closed. */
  readonly holes: readonly Ring[];
  /** Without the holes. */
  readonly area: number;
  /** Of the outer ring and all holes. */
  readonly perimeter: number;
  readonly centroid: Position;
  /** A point inside the room, for a label. */
  readonly label_point: Position;
  readonly bbox: Box;
  /** Indices of the walls that border the room. */
  readonly walls: readonly number[];
  readonly load_bearing_walls: readonly number[];
  /** Ids of the rooms behind those walls. */
  readonly neighbours: readonly string[];
  /** 0 to 1, see docs/rooms.md. */
  readonly confidence: number;
}

export interface DetectionStats {
  readonly walls: number;
  /** Corners, junctions and crossings after noding and repair. */
  readonly vertices: number;
  /** Pieces of wall between them. */
  readonly edges: number;
  /** Pieces that bound no room on either side: dangling walls and bridges. */
  readonly loose_edges: number;
  /** Vertices of the other pieces. */
  readonly bounding_vertices: number;
  /** Parts of the plan that do not touch each other. */
  readonly components: number;
  readonly repairs: Readonly<Record<RepairKind, number>>;
}

export interface Detection {
  /** Worked out as they are read, each time anew; see found-room.ts for what that means to code that copies. */
  readonly rooms: readonly Room[];
  readonly rooms_count: number;
  /** Mean confidence of the rooms, weighted by area; 0 when there is none. */
  readonly confidence_score: number;
  readonly total_area: number;
  /** Seconds. */
  readonly processing_time: number;
  /** About the width of a room, from which default distances follow, in the plan's unit. */
  readonly scale: number;
  /** The tolerance that was used, in the plan's unit. */
  readonly tolerance: number;
  /** The gap width that was bridged, in the plan's unit. */
  readonly bridge_gaps: number;
  readonly bbox: Box | null;
  readonly repairs: readonly Repair[];
  readonly stats: DetectionStats;
}
