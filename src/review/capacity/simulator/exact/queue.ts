/**
 * An SQS standard queue: delay, visibility timeout, redelivery, dead letters, retention. Assumed, because SQS promises
 * neither: messages are received in the order in which they became visible, and a message that has become visible again
 * can still be deleted.
 */

import type { NodeResult, QueueNode } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { type Context, detached, hold, type Outcome, type Root, release, type Station } from './context.ts';
import { Fifo } from './fifo.ts';

export interface Message {
  readonly root: Root;
  readonly sent: number;
  receives: number;
  /** When it became visible last. */
  visibleSince: number;
  state: 'visible' | 'in-flight' | 'gone';
}

const defaultRetention = 345_600;

export class QueueStation implements Station {
  readonly stats: StationStats;
  readonly #node: QueueNode;
  readonly #context: Context;
  readonly #fresh = new Fifo<Message>();
  readonly #returned = new Fifo<Message>();
  /** In order of their visibility timeouts, because the timeout is the same for all. */
  readonly #hidden = new Fifo<{ message: Message; receives: number; until: number }>();
  #timer = false;
  #visible = 0;
  #inFlight = 0;
  readonly #consumers: (() => void)[] = [];
  #nextConsumer = 0;
  readonly visibility: number;
  readonly #maxReceives: number;
  readonly #retention: number;
  readonly #delay: number;
  #received = 0;
  #deleted = 0;

  constructor(node: QueueNode, context: Context) {
    this.#node = node;
    this.#context = context;
    this.stats = new StationStats(context.window);
    this.visibility = num(node.visibilityTimeout, 30);
    this.#maxReceives =
      node.deadLetter === undefined
        ? Number.POSITIVE_INFINITY
        : num(node.maxReceiveCount, Number.POSITIVE_INFINITY);
    this.#retention = num(node.retention, defaultRetention);
    this.#delay = num(node.delay, 0);
  }

  get visible(): number {
    return this.#visible;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Consumers are notified in turn while messages are visible. */
  onMessage(wake: () => void): void {
    this.#consumers.push(wake);
  }

  send(root: Root): void {
    hold(root);
    const { events } = this.#context;
    this.stats.arrive(events.now);
    const message: Message = { root, sent: events.now, receives: 0, visibleSince: 0, state: 'in-flight' };
    if (this.#delay > 0) events.at(events.now + this.#delay, () => this.#show(message, this.#fresh));
    else this.#show(message, this.#fresh);
  }

  #count(visible: number, inFlight: number): void {
    const { now } = this.#context.events;
    this.#visible += visible;
    this.#inFlight += inFlight;
    this.stats.backlog.set(now, this.#visible);
    this.stats.busy.set(now, this.#inFlight);
  }

  #show(message: Message, line: Fifo<Message>): void {
    message.state = 'visible';
    message.visibleSince = this.#context.events.now;
    line.push(message);
    this.#count(1, 0);
    for (let i = 0; i < this.#consumers.length && this.#visible > 0; i++) {
      this.#nextConsumer = (this.#nextConsumer + 1) % this.#consumers.length;
      this.#consumers[this.#nextConsumer]?.();
    }
  }

  #end(message: Message, outcome: Outcome): void {
    this.#count(message.state === 'visible' ? -1 : 0, message.state === 'in-flight' ? -1 : 0);
    message.state = 'gone';
    this.stats.settle(this.#context.events.now, outcome);
    release(message.root, outcome);
  }

  #head(line: Fifo<Message>): Message | undefined {
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
    return returned.visibleSince <= fresh.visibleSince ? returned : fresh;
  }

  /** Age of the oldest visible message; drops what is past its retention. */
  tick(): void {
    const { now } = this.#context.events;
    for (const line of [this.#returned, this.#fresh]) {
      let message = this.#head(line);
      for (; message && now - message.sent >= this.#retention; message = this.#head(line))
        this.#end(message, 'expired');
      if (message) this.stats.oldest.see(now, now - message.sent);
    }
  }

  receive(maxMessages: number): Message[] {
    const { now } = this.#context.events;
    const batch: Message[] = [];
    while (batch.length < maxMessages) {
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
      this.stats.oldest.see(now, now - message.sent);
      message.receives++;
      if (message.receives > 1) this.stats.redeliveries.add(now);
      message.state = 'in-flight';
      this.#count(-1, 1);
      this.#hidden.push({ message, receives: message.receives, until: now + this.visibility });
      batch.push(message);
    }
    if (now >= this.stats.window.from && batch.length > 0) this.#received++;
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
    if (this.#context.events.now >= this.stats.window.from) this.#deleted++;
    if (message.state !== 'gone') this.#end(message, 'ok');
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.queue, {
      sent: this.stats.arrivals.total,
      received: this.#received,
      deleted: this.#deleted,
      redeliveries: this.stats.redeliveries.total,
    });
  }
}
