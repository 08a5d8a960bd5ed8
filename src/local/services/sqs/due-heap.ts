/** A heap of things by the time they fall due. An item may stand in it more than once; the reader skips the stale. */

interface Slot<T> {
  readonly due: number;
  readonly item: T;
}

export class DueHeap<T> {
  readonly #slots: Slot<T>[] = [];

  get first(): Slot<T> | undefined {
    return this.#slots[0];
  }

  push(due: number, item: T): void {
    const slots = this.#slots;
    const added = { due, item };
    let at = slots.length;
    slots.push(added);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = slots[parent];
      if (!above || above.due <= due) break;
      slots[at] = above;
      at = parent;
    }
    slots[at] = added;
  }

  pop(): Slot<T> | undefined {
    const slots = this.#slots;
    const top = slots[0];
    const moved = slots.pop();
    if (!top || !moved || slots.length === 0) return top;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const l = slots[left];
      if (!l) break;
      const r = slots[left + 1];
      const [child, slot] = r && r.due < l.due ? [left + 1, r] : [left, l];
      if (slot.due >= moved.due) break;
      slots[at] = slot;
      at = child;
    }
    slots[at] = moved;
    return top;
  }

  clear(): void {
    this.#slots.length = 0;
  }
}
