/** A database in expectation. The pools inside clients count together: all connections of all clients. */

import { type Sampler, sampler } from '../distribution.ts';
import { type Client, type Context, type Done, type Root, stream } from '../exact/context.ts';
import type { DatabaseNode, NodeResult } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { TokenBucket } from '../token-bucket.ts';
import { FluidQueue } from './fluid-queue.ts';
import type { FlowStation } from './station.ts';

/** For the unlimited: no line, so no table of that size is ever made. */
const unlimited = 1e6;

export class FlowDatabase implements FlowStation {
  readonly stats: StationStats;
  readonly request: NonNullable<FlowStation['request']>;
  readonly #node: DatabaseNode;
  readonly #query: Sampler;
  readonly #bucket: TokenBucket | undefined;
  readonly #line: FluidQueue;
  readonly #find: () => readonly Client[];
  #clients: readonly Client[] | undefined;
  readonly #perClient: number;
  readonly #maxConnections: number;
  readonly #parallelism: number;
  #pending = 0;
  #throttled = 0;
  #refused = 0;
  #queues = false;

  constructor(node: DatabaseNode, context: Context, find: () => readonly Client[]) {
    this.#node = node;
    this.#find = find;
    this.stats = new StationStats(context.window);
    this.#query = sampler(node.query);
    this.#bucket = node.throttle && new TokenBucket(num(node.throttle.rate), num(node.throttle.burst));
    this.#perClient = num(node.connectionsPerClient, 1);
    this.#maxConnections = num(node.maxConnections, Number.POSITIVE_INFINITY);
    const parallelism = num(node.parallelism, Number.POSITIVE_INFINITY);
    this.#parallelism = node.whenFull === 'wait' ? Math.min(parallelism, this.#maxConnections) : parallelism;
    if (Number.isFinite(this.#parallelism)) this.stats.slots.set(0, this.#parallelism);
    const random = stream(context, node.id);
    this.#line = new FluidQueue(context.events, random, this.#query.scv);
    this.request = (_root: Root, _client: Client | undefined, done: Done) => {
      const { events } = context;
      if (this.#throttled > 0 && random.next() < this.#throttled) done('throttled');
      else if (this.#refused > 0 && random.next() < this.#refused) done('failed');
      else {
        const run = () => events.at(events.now + this.#query.sample(random), () => done('ok'));
        if (this.#queues) this.#line.enter(run);
        else run();
      }
    };
  }

  flow(count: number): void {
    this.#pending += count;
  }

  latency(): number {
    return (
      (1 - this.#throttled) * (1 - this.#refused) * ((this.#queues ? this.#line.wait : 0) + this.#query.mean)
    );
  }

  failing(): number {
    return 1 - (1 - this.#throttled) * (1 - this.#refused);
  }

  step(now: number, length: number): void {
    const asked = this.#pending;
    this.#pending = 0;
    const taken = this.#bucket ? this.#bucket.takeUpTo(now, asked, length) : asked;
    this.#throttled = asked > 0 ? 1 - taken / asked : 0;
    this.#clients ??= this.#find();
    const open = this.#clients.reduce((sum, client) => sum + client.instances() * this.#perClient, 0);
    this.#refused =
      open > this.#maxConnections && this.#node.whenFull !== 'wait' ? 1 - this.#maxConnections / open : 0;
    const served = taken * (1 - this.#refused);
    const servers = Math.min(this.#parallelism, unlimited);
    this.#queues = servers < unlimited;
    this.stats.arrive(now, asked);
    this.stats.settle(now, 'throttled', asked - taken);
    this.stats.settle(now, 'failed', taken - served);
    let out = served;
    if (this.#queues) out = this.#line.step(now, length, served, servers, this.#query.mean);
    this.stats.settle(now, 'ok', out);
    this.stats.busy.set(now, this.#queues ? this.#line.busy : (served / length) * this.#query.mean);
    this.stats.backlog.set(now, this.#queues ? this.#line.waiting : 0);
    this.stats.running.set(now, Math.min(open, this.#maxConnections));
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.database, { requests: this.stats.arrivals.total });
  }
}
