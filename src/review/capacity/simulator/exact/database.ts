/**
 * A database: connections held by every environment and task of its clients, a pool inside each client, a number of
 * queries served at once, and (for tables) a throughput limit.
 */

import { sampler } from '../distribution.ts';
import type { DatabaseNode, NodeResult } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { TokenBucket } from '../token-bucket.ts';
import { type Client, type Context, type Done, type Root, type Station, stream } from './context.ts';
import { Fifo } from './fifo.ts';

/** The queries of one client node: those under way and those waiting for a connection of its pool. */
interface Pool {
  readonly client: Client;
  busy: number;
  readonly line: Fifo<() => void>;
}

export class DatabaseStation implements Station {
  readonly stats: StationStats;
  readonly #node: DatabaseNode;
  readonly #context: Context;
  readonly #query;
  readonly #random;
  readonly #bucket: TokenBucket | undefined;
  readonly #perClient: number;
  readonly #maxConnections: number;
  readonly #servers: number;
  readonly #pools = new Map<string, Pool>();
  readonly #line = new Fifo<() => void>();
  #busy = 0;

  constructor(node: DatabaseNode, context: Context) {
    this.#node = node;
    this.#context = context;
    this.stats = new StationStats(context.window);
    this.#query = sampler(node.query);
    this.#random = stream(context, node.id);
    this.#bucket = node.throttle && new TokenBucket(num(node.throttle.rate), num(node.throttle.burst));
    this.#perClient = num(node.connectionsPerClient, 1);
    this.#maxConnections = num(node.maxConnections, Number.POSITIVE_INFINITY);
    const parallelism = num(node.parallelism, Number.POSITIVE_INFINITY);
    this.#servers = node.whenFull === 'wait' ? Math.min(parallelism, this.#maxConnections) : parallelism;
    if (Number.isFinite(this.#servers)) this.stats.slots.set(0, this.#servers);
  }

  #connections(): number {
    let open = 0;
    for (const { client } of this.#pools.values()) open += client.instances() * this.#perClient;
    return open;
  }

  request(_root: Root, client: Client | undefined, done: Done): void {
    const { events } = this.#context;
    const { stats } = this;
    stats.arrive(events.now);
    const finish: Done = (outcome) => {
      stats.settle(events.now, outcome);
      done(outcome);
    };
    if (this.#bucket && !this.#bucket.take(events.now)) {
      finish('throttled');
      return;
    }
    const pool = client && this.#poolOf(client);
    // Clients that came after the last connection was taken have none: their share of the queries is refused.
    const open = this.#connections();
    stats.running.set(events.now, Math.min(open, this.#maxConnections));
    if (open > this.#maxConnections && this.#node.whenFull !== 'wait') {
      if (this.#random.next() >= this.#maxConnections / open) {
        finish('failed');
        return;
      }
    }
    const begin = () => {
      if (pool) pool.busy++;
      this.#serve(() => {
        if (pool) {
          pool.busy--;
          this.#nextOf(pool);
        }
        finish('ok');
      });
    };
    if (!pool || pool.busy < this.#poolSize(pool)) begin();
    else {
      stats.backlog.add(events.now, 1);
      pool.line.push(() => {
        stats.backlog.add(events.now, -1);
        begin();
      });
    }
  }

  #poolOf(client: Client): Pool {
    let pool = this.#pools.get(client.id);
    if (!pool) {
      pool = { client, busy: 0, line: new Fifo() };
      this.#pools.set(client.id, pool);
    }
    return pool;
  }

  /** At least one, so that an accepted query can always finish. */
  #poolSize(pool: Pool): number {
    return Math.max(1, pool.client.instances() * this.#perClient);
  }

  #nextOf(pool: Pool): void {
    while (pool.line.length > 0 && pool.busy < this.#poolSize(pool)) pool.line.shift()?.();
  }

  #serve(done: () => void): void {
    const { events } = this.#context;
    const run = () => {
      this.#busy++;
      this.stats.busy.set(events.now, this.#busy);
      events.at(events.now + this.#query.sample(this.#random), () => {
        this.#busy--;
        this.stats.busy.set(events.now, this.#busy);
        done();
        if (this.#busy < this.#servers) this.#line.shift()?.();
      });
    };
    if (this.#busy < this.#servers) run();
    else {
      this.stats.backlog.add(events.now, 1);
      this.#line.push(() => {
        this.stats.backlog.add(events.now, -1);
        run();
      });
    }
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.database, { requests: this.stats.arrivals.total });
  }
}
