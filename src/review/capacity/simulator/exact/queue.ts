/**
 * An SQS standard queue: delay, visibility timeout, redelivery, dead letters, retention. Messages are
 * handed out in the order in which they became visible, and deleting works although a message has become visible
 * again: both assumed, SQS promises neither.
 */
import { Books, shown } from '../books.ts';
import type { NodeResult, QueueNode } from '../model.ts';
import { num } from '../quantity.ts';
import { type Context, detached, hold, type Outcome, type Root, release, type Station } from './context.ts';
import { Line } from './ring.ts';

export interface Message {
  readonly root: Root;
  readonly sent: number;
  receives: number;
  /** When it became visible last. */
  shown: number;
  state: 'visible' | 'in-flight' | 'gone';
}

const fourDays = 345_600;

export class QueueStation implements Station {
  readonly books: Books;
  readonly #node: QueueNode;
  readonly #context: Context;
  readonly #fresh = new Line<Message>();
  readonly #returned = new Line<Message>();
  /** In order of their visibility timeouts, because the timeout is the same for all. */
  readonly #hidden = new Line<{ message: Message; receives: number; until: number }>();
  #timer = false;
  #visible = 0;
  #inFlight = 0;
  readonly #wakes: (() => void)[] = [];
  #turn = 0;
  readonly visibility: number;
  readonly #maxReceives: number;
  readonly #retention: number;
  readonly #delay: number;
  #received = 0;
  #deleted = 0;

  constructor(node: QueueNode, context: Context) {
    this.#node = node;
    this.#context = context;
    this.books = new Books(context.window);
    this.visibility = num(node.visibilityTimeout, 30);
    this.#maxReceives =
      node.deadLetter === undefined
        ? Number.POSITIVE_INFINITY
        : num(node.maxReceiveCount, Number.POSITIVE_INFINITY);
    this.#retention = num(node.retention, fourDays);
    this.#delay = num(node.delay, 0);
  }

  get visible(): number {
    return this.#visible;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Consumers are woken in turn while messages are visible. */
  onMessage(wake: () => void): void {
    this.#wakes.push(wake);
  }

  send(root: Root): void {
    hold(root);
    const { events } = this.#context;
    this.books.arrive(events.now);
    const message: Message = { root, sent: events.now, receives: 0, shown: 0, state: 'in-flight' };
    if (this.#delay > 0) events.at(events.now + this.#delay, () => this.#show(message, this.#fresh));
    else this.#show(message, this.#fresh);
  }

  #count(visible: number, inFlight: number): void {
    const { now } = this.#context.events;
    this.#visible += visible;
    this.#inFlight += inFlight;
    this.books.backlog.set(now, this.#visible);
    this.books.busy.set(now, this.#inFlight);
  }

  #show(message: Message, line: Line<Message>): void {
    message.state = 'visible';
    message.shown = this.#context.events.now;
    line.push(message);
    this.#count(1, 0);
    for (let i = 0; i < this.#wakes.length && this.#visible > 0; i++) {
      this.#turn = (this.#turn + 1) % this.#wakes.length;
      this.#wakes[this.#turn]?.();
    }
  }

  #end(message: Message, outcome: Outcome): void {
    this.#count(message.state === 'visible' ? -1 : 0, message.state === 'in-flight' ? -1 : 0);
    message.state = 'gone';
    this.books.settle(this.#context.events.now, outcome);
    release(message.root, outcome);
  }

  #head(line: Line<Message>): Message | undefined {
    for (let message = line.peek(); message; message = line.peek()) {
      if (message.state === 'visible') return message;
      line.shift();
    }
    return undefined;
  }

  #first(): Message | undefined {
    const fresh = this.#head(this.#fresh);
    const returned = this.#head(this.#returned);
    if (!fresh || !returned) return fresh ?? returned;
    return returned.shown <= fresh.shown ? returned : fresh;
  }

  /** Age of the oldest visible message; drops what is past its retention. */
  tick(): void {
    const { now } = this.#context.events;
    for (const line of [this.#returned, this.#fresh]) {
      let message = this.#head(line);
      for (; message && now - message.sent >= this.#retention; message = this.#head(line))
        this.#end(message, 'expired');
      if (message) this.books.oldest.see(now, now - message.sent);
    }
  }

  receive(most: number): Message[] {
    const { now } = this.#context.events;
    const batch: Message[] = [];
    while (batch.length < most) {
      const message = this.#first();
      if (!message) break;
      if (now - message.sent >= this.#retention) {
        this.#end(message, 'expired');
        continue;
      }
      if (message.receives >= this.#maxReceives) {
        const { deadLetter } = this.#node;
        this.#end(message, 'dead-lettered');
        if (deadLetter !== undefined) this.#context.stations.get(deadLetter)?.send?.(detached);
        continue;
      }
      this.books.oldest.see(now, now - message.sent);
      message.receives++;
      if (message.receives > 1) this.books.redeliveries.add(now);
      message.state = 'in-flight';
      this.#count(-1, 1);
      this.#hidden.push({ message, receives: message.receives, until: now + this.visibility });
      batch.push(message);
    }
    if (now >= this.books.window.from && batch.length > 0) this.#received++;
    this.#arm();
    return batch;
  }

  #arm(): void {
    if (this.#timer) return;
    for (let next = this.#hidden.peek(); next; next = this.#hidden.peek()) {
      if (next.message.state === 'in-flight' && next.message.receives === next.receives) {
        this.#timer = true;
        this.#context.events.at(next.until, () => {
          this.#timer = false;
          const due = this.#hidden.peek();
          if (due && due.until <= this.#context.events.now) {
            this.#hidden.shift();
            if (due.message.state === 'in-flight' && due.message.receives === due.receives)
              this.#reappear(due.message);
          }
          this.#arm();
        });
        return;
      }
      this.#hidden.shift();
    }
  }

  #reappear(message: Message): void {
    this.#count(0, -1);
    this.#show(message, this.#returned);
  }

  /** Visibility set to zero by a consumer that stops. */
  giveBack(message: Message): void {
    if (message.state === 'in-flight') this.#reappear(message);
  }

  delete(message: Message): void {
    if (this.#context.events.now >= this.books.window.from) this.#deleted++;
    if (message.state !== 'gone') this.#end(message, 'ok');
  }

  result(): NodeResult {
    return this.books.result(this.#node, shown.queue, {
      sent: this.books.arrivals.total,
      received: this.#received,
      deleted: this.#deleted,
      redeliveries: this.books.redeliveries.total,
    });
  }
}
