/** A Lambda event source mapping in expectation: batches at once rise and fall as in the exact mode. */

import type { Random } from '../../../../core/random.ts';
import type { Context } from '../exact/context.ts';
import { stream } from '../exact/context.ts';
import { pollerScaling } from '../exact/poller.ts';
import type { NodeResult, PollerNode } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { Durations } from './durations.ts';
import type { FlowFunction } from './function.ts';
import type { FlowQueue } from './queue.ts';

/** Mean time between tries of a throttled batch; in the exact mode 1 s doubling to 30 s. */
const retryEvery = 15;

export class FlowPoller {
  readonly stats: StationStats;
  readonly #node: PollerNode;
  readonly #queue: FlowQueue;
  readonly #function: FlowFunction;
  readonly #maximum: number;
  readonly #initial: number;
  readonly #perSecond: number;
  readonly #batchSize: number;
  readonly #window: number;
  readonly #each: boolean;
  #level: number;
  #batch = 1;
  #rate = 0;
  #busy = 0;

  constructor(node: PollerNode, context: Context, queue: FlowQueue, target: FlowFunction) {
    this.#node = node;
    this.#queue = queue;
    this.#function = target;
    this.stats = new StationStats(context.window);
    const limit = num(node.maximumConcurrency, Number.POSITIVE_INFINITY);
    this.#maximum = Math.min(limit, num(node.scaling?.maximum, pollerScaling.maximum));
    this.#initial = Math.min(this.#maximum, num(node.scaling?.initial, pollerScaling.initial));
    this.#perSecond = num(node.scaling?.perMinute, pollerScaling.perMinute) / 60;
    this.#batchSize = num(node.batchSize, 10);
    this.#window = num(node.batchWindow, 0);
    this.#each = node.serviceTime !== 'batch';
    this.#level = this.#initial;
    const random = stream(context, node.id);
    const durations = new Durations(target.service, stream(context, `${node.id} durations`));
    queue.consume({
      // A batch is one server; its messages share it one after the other.
      servers: () => Math.floor(Math.min(this.#level, target.room())),
      time: () => this.#batchTime() / this.#batch,
      scv: target.service.scv,
      failing: () => this.#failing(),
      outlasting: (visibility) =>
        durations.shareAbove(visibility - Math.max(0, this.#batchTime() - target.service.mean)),
      held: (waiting) => Math.min(waiting, this.#throttled() * this.#batchSize),
      gathering: () => this.#gathering(),
      worked: (now, length, begun, busy) => this.#worked(now, length, begun, busy),
      // A message is done when its batch is: the others' time comes on top.
      probe: (root, done) => target.work(root, context.events.now + this.#others(random), done),
    });
  }

  #batchTime(): number {
    const own = this.#function.service.mean;
    const all = this.#function.duration();
    return this.#each ? this.#batch * all : own + this.#batch * Math.max(0, all - own);
  }

  #others(random: Random): number {
    const others = Math.floor(this.#batch - 1 + random.next());
    let time = others * this.#function.calls.latency();
    for (let i = 0; this.#each && i < others; i++) time += this.#function.service.sample(random);
    return time;
  }

  /** Without partial responses one bad message fails its batch. */
  #failing(): number {
    const bad = this.#function.bad();
    return this.#node.partialBatchResponses ? bad : 1 - (1 - bad) ** this.#batch;
  }

  /** Batches that found no free concurrency. */
  #throttled(): number {
    const waiting = this.#queue.visible / this.#batchSize;
    return Math.min(waiting, Math.max(0, Math.floor(this.#level) - Math.floor(this.#function.room())));
  }

  #gathering(): number {
    if (this.#window <= 0) return 0;
    // A batch is full sooner than its window when messages come fast.
    return Math.min(this.#window, this.#rate > 0 ? this.#batchSize / this.#rate : this.#window);
  }

  #worked(now: number, length: number, begun: number, busy: number): void {
    if (length === 0) {
      this.stats.arrive(now, begun);
      this.stats.settle(now, 'ok', begun);
      this.#function.batches(now, begun / this.#batch, 0, 0, (begun / this.#batch) * this.#batchTime());
      return;
    }
    const waiting = this.#queue.visible - begun;
    if (waiting > 1 && busy + this.#throttled() >= Math.floor(this.#level) * 0.98)
      this.#level = Math.min(this.#maximum, this.#level + this.#perSecond * length);
    else if (busy < 0.5 && this.#level > this.#initial) this.#level = this.#initial;
    this.#rate = begun / length;
    this.#busy = busy;
    const gathered = 1 + this.#window * this.#rate;
    const target = Math.min(this.#batchSize, Math.max(1, gathered, waiting / Math.max(1, this.#level)));
    this.#batch += (target - this.#batch) * Math.min(1, length);
    const failing = this.#failing();
    this.stats.arrive(now, begun);
    this.stats.settle(now, 'ok', begun * (1 - failing));
    this.stats.settle(now, 'failed', begun * failing);
    const throttled = this.#throttled();
    if (throttled > 0) this.#function.turnedAway(now, (throttled * length) / retryEvery);
    this.stats.busy.set(now, this.#busy + throttled);
    this.stats.running.set(now, Math.floor(this.#level));
    this.stats.slots.set(now, Math.floor(this.#level));
    this.#function.batches(now, begun / this.#batch, busy, failing, busy * length);
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.poller, {});
  }
}
