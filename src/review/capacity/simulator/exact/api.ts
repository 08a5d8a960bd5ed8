/** API Gateway: token buckets of api and route, the route's calls in order, the integration timeout. */

import { sampler } from '../distribution.ts';
import type { ApiNode, NodeResult, Throttle } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { TokenBucket } from '../token-bucket.ts';
import {
  type Context,
  type Done,
  type Outcome,
  type Root,
  readyCalls,
  type Station,
  stream,
} from './context.ts';
import { Deadlines } from './deadlines.ts';

const bucket = (throttle: Throttle | undefined): TokenBucket | undefined =>
  throttle && new TokenBucket(num(throttle.rate), num(throttle.burst));

export class ApiStation implements Station {
  readonly stats: StationStats;
  readonly #node: ApiNode;
  readonly #context: Context;
  readonly #serve: (root: Root, done: Done, route: string | undefined) => void;

  constructor(node: ApiNode, context: Context) {
    this.#node = node;
    this.#context = context;
    this.stats = new StationStats(context.window);
    const { events } = context;
    const random = stream(context, node.id);
    const all = bucket(node.throttle);
    const overhead = sampler(node.overhead);
    const deadlines = new Deadlines(events, num(node.timeout, 29));
    const routes = node.routes.map((route) => ({
      name: route.name,
      bucket: bucket(route.throttle),
      calls: readyCalls(context, route.calls, stream(context, `${node.id} ${route.name}`)),
    }));
    this.#serve = (root, done, name) => {
      const route = routes.find((candidate) => candidate.name === name) ?? routes[0];
      if (!route) return done('failed');
      if ((all && !all.take(events.now)) || (route.bucket && !route.bucket.take(events.now)))
        return done('throttled');
      let answered = false;
      const answer = (outcome: Outcome) => {
        if (answered) return;
        answered = true;
        done(outcome);
      };
      deadlines.add({ met: () => answered, expire: () => answer('timeout') });
      const extra = overhead.mean > 0 ? overhead.sample(random) : 0;
      const call = () => route.calls(root, undefined, answer);
      if (extra > 0) events.at(events.now + extra, call);
      else call();
    };
  }

  request(root: Root, _client: unknown, done: Done, route?: string): void {
    const { events } = this.#context;
    this.stats.arrive(events.now);
    this.stats.busy.add(events.now, 1);
    this.#serve(
      root,
      (outcome) => {
        this.stats.busy.add(events.now, -1);
        this.stats.settle(events.now, outcome);
        done(outcome);
      },
      route,
    );
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.api, { requests: this.stats.arrivals.total });
  }
}
