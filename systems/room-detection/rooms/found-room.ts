/**
 * A room of the result that is worked out when it is read. A plan may have a million rooms; as plain objects with
 * all their lists they would take longer to make than to find, and more memory than the plan. Every read makes
 * its lists anew, so keep what you need again. `JSON.stringify` writes rooms in full; for a plain object, to
 * spread or to hand to `structuredClone`, call `toJSON`.
 */
import type { RoomBuilder } from './assemble.ts';
import { boxOf } from './rings.ts';
import type { Box, Position, Ring, Room } from './types.ts';

export class FoundRoom implements Room {
  readonly #maker: RoomBuilder;
  readonly #index: number;

  constructor(maker: RoomBuilder, index: number) {
    this.#maker = maker;
    this.#index = index;
  }

  get id(): string {
    return this.#maker.ids[this.#index] as string;
  }
  get area(): number {
    return this.#maker.area(this.#index);
  }
  get perimeter(): number {
    return this.#maker.perimeter(this.#index);
  }
  get confidence(): number {
    return this.#maker.confidence(this.#index);
  }
  get polygon(): Ring {
    return this.#maker.draw(this.#index).outer;
  }
  get holes(): readonly Ring[] {
    return this.#maker.draw(this.#index).holes;
  }
  get centroid(): Position {
    return this.#maker.mass(this.#index).centroid;
  }
  get label_point(): Position {
    return this.#maker.label(this.#index);
  }
  get bbox(): Box {
    return boxOf(this.#maker.draw(this.#index).outer);
  }
  get walls(): readonly number[] {
    return this.#maker.walls(this.#index);
  }
  get load_bearing_walls(): readonly number[] {
    return this.#maker.bearingOf(this.#maker.walls(this.#index));
  }
  get neighbours(): readonly string[] {
    return this.#maker.neighbours(this.#index);
  }

  toJSON(): Room {
    return this.#maker.make(this.#index);
  }
}
