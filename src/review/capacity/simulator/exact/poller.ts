/**
 * A Lambda event source mapping: five batches at first, 300 more a minute while messages wait, fewer when idle
 * (docs: services-sqs-scaling). A throttled batch is tried again with growing waits until its messages would reappear
 * (docs: services-sqs-errorhandling); the waits, the minute until idle and the linear rise are assumed.
 */

import type { NodeResult, PollerNode } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import type { Context, Outcome } from './context.ts';
import type { FunctionStation } from './function.ts';
import type { Message, QueueStation } from './queue.ts';

const idleAfter = 60;

export const pollerScaling = { initial: 5, perMinute: 300, maximum: 1250, idle: 2 } as const;

export class PollerStation {
  readonly stats: StationStats;
  readonly #node: PollerNode;
  readonly #context: Context;
  readonly #queue: QueueStation;
  readonly #function: FunctionStation;
  readonly #batchSize: number;
  readonly #batchWindow: number;
  readonly #maximum: number;
  readonly #initial: number;
  readonly #idle: number;
  readonly #perSecond: number;
  #level: number;
  #busy = 0;
  #lastWork = 0;
  #growing = false;
  #gathering: number | undefined;

  constructor(node: PollerNode, context: Context, queue: QueueStation, target: FunctionStation) {
    this.#node = node;
    this.#context = context;
    this.#queue = queue;
    this.#function = target;
    this.stats = new StationStats(context.window);
    this.#batchSize = num(node.batchSize, 10);
    this.#batchWindow = num(node.batchWindow, 0);
    const limit = num(node.maximumConcurrency, Number.POSITIVE_INFINITY);
    this.#maximum = Math.min(limit, num(node.scaling?.maximum, pollerScaling.maximum));
    this.#initial = Math.min(this.#maximum, num(node.scaling?.initial, pollerScaling.initial));
    // The saving when idle is not available with a maximum concurrency.
    this.#idle = Number.isFinite(limit)
      ? this.#initial
      : Math.min(this.#initial, num(node.scaling?.idle, pollerScaling.idle));
    this.#perSecond = num(node.scaling?.perMinute, pollerScaling.perMinute) / 60;
    this.#level = this.#initial;
    this.#setLevel(this.#initial);
    queue.onMessage(() => this.#poll());
  }

  #setLevel(level: number): void {
    this.#level = level;
    const { now } = this.#context.events;
    this.stats.running.set(now, Math.floor(level));
    this.stats.slots.set(now, Math.floor(level));
  }

  #poll(): void {
    const { events } = this.#context;
    if (this.#busy === 0 && events.now - this.#lastWork > idleAfter) this.#setLevel(this.#idle);
    while (this.#queue.visible > 0 && this.#busy < Math.floor(this.#level)) {
      if (this.#batchWindow > 0 && this.#queue.visible < this.#batchSize) {
        if (this.#gathering === undefined) {
          const due = events.now + this.#batchWindow;
          this.#gathering = due;
          events.at(due, () => this.#poll());
          return;
        }
        if (events.now < this.#gathering) return;
      }
      this.#gathering = undefined;
      const batch = this.#queue.receive(this.#batchSize);
      if (batch.length === 0) return;
      this.#start(batch);
    }
    if (this.#queue.visible > 0) this.#grow();
  }

  /** Rises second by second while messages wait and all batches are under way. */
  #grow(): void {
    if (this.#growing || this.#level >= this.#maximum) return;
    this.#growing = true;
    const { events } = this.#context;
    events.at(events.now + 1, () => {
      this.#growing = false;
      if (this.#queue.visible === 0) return;
      this.#setLevel(Math.min(this.#maximum, this.#level + this.#perSecond));
      this.#poll();
    });
  }

  #start(batch: readonly Message[]): void {
    const { events } = this.#context;
    const until = events.now + this.#queue.visibility;
    this.#busy++;
    this.stats.arrive(events.now, batch.length);
    this.stats.busy.set(events.now, this.#busy);
    this.#invoke(batch, 0, until);
  }

  #invoke(batch: readonly Message[], tries: number, until: number): void {
    const { events } = this.#context;
    const options = {
      perMessage: this.#node.serviceTime !== 'batch',
      partial: this.#node.partialBatchResponses === true,
    };
    this.#function.invoke(
      batch.map((message) => message.root),
      options,
      (outcomes) => {
        const again = events.now + Math.min(30, 2 ** tries);
        if (
          outcomes[0] === 'throttled' &&
          outcomes.every((outcome) => outcome === 'throttled') &&
          again < until
        )
          events.at(again, () => this.#invoke(batch, tries + 1, until));
        else this.#end(batch, outcomes);
      },
    );
  }

  #end(batch: readonly Message[], outcomes: readonly Outcome[]): void {
    const { now } = this.#context.events;
    this.#busy--;
    this.#lastWork = now;
    this.stats.busy.set(now, this.#busy);
    for (let i = 0; i < batch.length; i++) {
      const message = batch[i];
      const outcome = outcomes[i] ?? 'failed';
      this.stats.settle(now, outcome);
      if (message && outcome === 'ok') this.#queue.delete(message);
    }
    this.#poll();
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.poller, {});
  }
}
