/**
 * A room of the result that is worked out when it is read. A plan may have a million rooms; as plain objects with
 * all their lists they would take longer to make than to find. `JSON.stringify` writes them in full; to get a
 * plain object for anything else that copies fields (spreading, `structuredClone`), call `toJSON`.
 */
import type { Maker } from './assemble.ts';
import type { Box, Position, Ring, Room } from './types.ts';

export class FoundRoom implements Room {
  readonly #maker: Maker;
  readonly #index: number;
  #made: Room | null = null;

  constructor(maker: Maker, index: number) {
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
    return this.#room().polygon;
  }
  get holes(): readonly Ring[] {
    return this.#room().holes;
  }
  get centroid(): Position {
    return this.#room().centroid;
  }
  get label_point(): Position {
    return this.#room().label_point;
  }
  get bbox(): Box {
    return this.#room().bbox;
  }
  get walls(): readonly number[] {
    return this.#room().walls;
  }
  get load_bearing_walls(): readonly number[] {
    return this.#room().load_bearing_walls;
  }
  get neighbours(): readonly string[] {
    return this.#room().neighbours;
  }

  toJSON(): Room {
    return this.#made ?? this.#maker.make(this.#index);
  }

  #room(): Room {
    this.#made ??= this.#maker.make(this.#index);
    return this.#made;
  }
}
