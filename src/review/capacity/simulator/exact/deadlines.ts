/**
 * Timeouts of equal length, in the order in which they were set. Only the next one is in the event list: an event for
 * each would stay there for the whole timeout, although nearly all work ends before.
 */
import type { Events } from './events.ts';
import { Fifo } from './fifo.ts';

interface Deadline {
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
