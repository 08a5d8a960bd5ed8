/** API Gateway in expectation. */

import { sampler } from '../distribution.ts';
import {
  type Client,
  type Context,
  type Done,
  type Outcome,
  type Root,
  readyCalls,
  stream,
} from '../exact/context.ts';
import { Deadlines } from '../exact/deadlines.ts';
import type { ApiNode, NodeResult, Throttle } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { TokenBucket } from '../token-bucket.ts';
import { FlowCalls, type FlowStation } from './station.ts';

const bucketOf = (throttle: Throttle | undefined) =>
  throttle && new TokenBucket(num(throttle.rate), num(throttle.burst));

export class FlowApi implements FlowStation {
  readonly stats: StationStats;
  readonly request: NonNullable<FlowStation['request']>;
  readonly #node: ApiNode;
  readonly #bucket: TokenBucket | undefined;
  readonly #routes;
  readonly #timeout: number;
  readonly #overhead: number;
  #throttled = 0;

  constructor(node: ApiNode, context: Context, stations: ReadonlyMap<string, FlowStation>) {
    this.#node = node;
    this.stats = new StationStats(context.window);
    this.#bucket = bucketOf(node.throttle);
    this.#timeout = num(node.timeout, 29);
    const overhead = sampler(node.overhead);
    this.#overhead = overhead.mean;
    this.#routes = node.routes.map((route) => ({
      name: route.name,
      bucket: bucketOf(route.throttle),
      calls: new FlowCalls(route.calls, stations),
      probes: readyCalls(context, route.calls, stream(context, `${node.id} ${route.name}`)),
      pending: 0,
      throttled: 0,
    }));
    const { events } = context;
    const random = stream(context, node.id);
    const deadlines = new Deadlines(events, this.#timeout);
    this.request = (root: Root, _client: Client | undefined, done: Done, name?: string) => {
      const route = this.#route(name);
      if (!route || random.next() < 1 - (1 - this.#throttled) * (1 - route.throttled)) {
        done(route ? 'throttled' : 'failed');
        return;
      }
      let answered = false;
      const answer = (outcome: Outcome) => {
        if (answered) return;
        answered = true;
        done(outcome);
      };
      deadlines.add({ met: () => answered, expire: () => answer('timeout') });
      const extra = overhead.mean > 0 ? overhead.sample(random) : 0;
      const call = () => route.probes(root, undefined, answer);
      if (extra > 0) events.at(events.now + extra, call);
      else call();
    };
  }

  #route(name: string | undefined) {
    return this.#routes.find((route) => route.name === name) ?? this.#routes[0];
  }

  flow(count: number, _kind: 'wait' | 'send', name?: string): void {
    const route = this.#route(name);
    if (route) route.pending += count;
  }

  latency(name?: string): number {
    return Math.min(this.#timeout, this.#overhead + (this.#route(name)?.calls.latency() ?? 0));
  }

  /** Without those throttled. */
  #bad(route: { readonly calls: FlowCalls }): number {
    return this.#overhead + route.calls.latency() > this.#timeout ? 1 : route.calls.failing();
  }

  failing(name?: string): number {
    const route = this.#route(name);
    if (!route) return 1;
    return 1 - (1 - this.#throttled) * (1 - route.throttled) * (1 - this.#bad(route));
  }

  step(now: number, length: number): void {
    const offered = this.#routes.reduce((sum, route) => sum + route.pending, 0);
    const taken = this.#bucket ? this.#bucket.takeUpTo(now, offered, length) : offered;
    this.#throttled = offered > 0 ? 1 - taken / offered : 0;
    let busy = 0;
    for (const route of this.#routes) {
      const inside = route.pending * (1 - this.#throttled);
      const passed = route.bucket ? route.bucket.takeUpTo(now, inside, length) : inside;
      route.throttled = inside > 0 ? 1 - passed / inside : 0;
      const late = this.#overhead + route.calls.latency() > this.#timeout;
      const bad = this.#bad(route);
      this.stats.arrive(now, route.pending);
      this.stats.settle(now, 'throttled', route.pending - passed);
      this.stats.settle(now, 'ok', passed * (1 - bad));
      this.stats.settle(now, late ? 'timeout' : 'failed', passed * bad);
      route.calls.push(passed);
      busy += (passed / length) * this.latency(route.name);
      route.pending = 0;
    }
    this.stats.busy.set(now, busy);
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.api, { requests: this.stats.arrivals.total });
  }
}
