/**
 * Timeouts of one length, in the order they were set: one event for the next of them, none for those met. A heap entry
 * for each would stay there for the whole timeout.
 */
import type { Events } from './events.ts';
import { Fifo } from './fifo.ts';

export interface Deadline {
  /** True once the answer is given; then `expire` is not called. */
  readonly met: () => boolean;
  readonly expire: () => void;
}

export class Deadlines {
  readonly #events: Events;
  readonly #length: number;
  readonly #line = new Fifo<{ readonly due: number; readonly deadline: Deadline }>();
  #armed = false;

  constructor(events: Events, length: number) {
    this.#events = events;
    this.#length = length;
  }

  add(deadline: Deadline): void {
    if (!Number.isFinite(this.#length)) return;
    this.#line.push({ due: this.#events.now + this.#length, deadline });
    this.#drop();
    if (!this.#armed) this.#arm();
  }

  #drop(): void {
    while (this.#line.peek()?.deadline.met()) this.#line.shift();
  }

  #arm(): void {
    const next = this.#line.peek();
    this.#armed = next !== undefined;
    if (!next) return;
    this.#events.at(next.due, () => {
      for (let head = this.#line.peek(); head && head.due <= this.#events.now; head = this.#line.peek()) {
        this.#line.shift();
        if (!head.deadline.met()) head.deadline.expire();
      }
      this.#drop();
      this.#arm();
    });
  }
}
