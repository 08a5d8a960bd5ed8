/**
 * The event list of the exact mode: an implicit heap with four children per node over typed arrays, ties in the order
 * of scheduling, so that a run is the same every time.
 */
type Action = () => void;

export class Events {
  #times = new Float64Array(1024);
  #orders = new Float64Array(1024);
  #actions: (Action | undefined)[] = [];
  #size = 0;
  #order = 0;
  now = 0;

  at(time: number, action: Action): void {
    if (this.#size === this.#times.length) this.#grow();
    const order = this.#order++;
    let i = this.#size++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const t = this.#times[parent] ?? 0;
      if (t <= time) break;
      this.#times[i] = t;
      this.#orders[i] = this.#orders[parent] ?? 0;
      this.#actions[i] = this.#actions[parent];
      i = parent;
    }
    this.#times[i] = time;
    this.#orders[i] = order;
    this.#actions[i] = action;
  }

  /** Runs everything up to and including `end`; false when that is more than `maxEvents` events. */
  run(end: number, maxEvents = Number.POSITIVE_INFINITY): boolean {
    let left = maxEvents;
    while (this.#size > 0 && (this.#times[0] ?? 0) <= end) {
      if (left-- <= 0) return false;
      this.now = this.#times[0] ?? 0;
      const action = this.#actions[0];
      this.#removeFirst();
      action?.();
    }
    this.now = end;
    return true;
  }

  #removeFirst(): void {
    const last = --this.#size;
    const time = this.#times[last] ?? 0;
    const order = this.#orders[last] ?? 0;
    const action = this.#actions[last];
    this.#actions[last] = undefined;
    if (last === 0) return;
    let i = 0;
    for (;;) {
      const first = 4 * i + 1;
      if (first >= last) break;
      let best = first;
      let bestTime = this.#times[first] ?? 0;
      const stop = Math.min(first + 4, last);
      for (let child = first + 1; child < stop; child++) {
        const t = this.#times[child] ?? 0;
        if (t < bestTime || (t === bestTime && (this.#orders[child] ?? 0) < (this.#orders[best] ?? 0))) {
          best = child;
          bestTime = t;
        }
      }
      if (bestTime > time || (bestTime === time && (this.#orders[best] ?? 0) > order)) break;
      this.#times[i] = bestTime;
      this.#orders[i] = this.#orders[best] ?? 0;
      this.#actions[i] = this.#actions[best];
      i = best;
    }
    this.#times[i] = time;
    this.#orders[i] = order;
    this.#actions[i] = action;
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    times.set(this.#times);
    this.#times = times;
    const orders = new Float64Array(this.#orders.length * 2);
    orders.set(this.#orders);
    this.#orders = orders;
  }
}
