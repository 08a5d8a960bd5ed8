/** Workers and endpoints in expectation. Their tasks start, stop and scale exactly as in the exact mode. */

import { type Sampler, sampler } from '../distribution.ts';
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
import { Tasks } from '../exact/tasks.ts';
import type { EndpointNode, NodeResult, Quantity, WorkersNode } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { Durations } from './durations.ts';
import { FluidQueue } from './fluid-queue.ts';
import type { FlowQueue } from './queue.ts';
import { FlowCalls, type FlowStation } from './station.ts';

export class FlowPool implements FlowStation {
  readonly stats: StationStats;
  readonly client: Client;
  readonly request: FlowStation['request'];
  readonly #node: WorkersNode | EndpointNode;
  readonly #context: Context;
  readonly #stations: ReadonlyMap<string, FlowStation>;
  readonly #tasks: Tasks;
  readonly #service: Sampler;
  readonly #random;
  readonly #failure: number;
  readonly #calls: FlowCalls;
  readonly #probes;
  readonly #line: FluidQueue;
  readonly #queue: FlowQueue | undefined;
  readonly #durations: Durations;
  readonly #perTask: number;
  readonly #mayWait: number;
  readonly #timeout: number;
  #pending = 0;
  #arrived = 0;
  #refused = 0;
  #late = 0;

  constructor(
    node: WorkersNode | EndpointNode,
    context: Context,
    stations: ReadonlyMap<string, FlowStation>,
    queue: FlowQueue | undefined,
  ) {
    this.#node = node;
    this.#context = context;
    this.#stations = stations;
    this.#queue = queue;
    this.stats = new StationStats(context.window);
    this.#service = sampler(node.service);
    this.#random = stream(context, node.id);
    this.#failure = num(node.failure, 0);
    this.#perTask = num(node.concurrency);
    const calls = node.kind === 'workers' ? node.calls : undefined;
    this.#calls = new FlowCalls(calls, stations);
    this.#probes = calls?.length
      ? readyCalls(context, calls, stream(context, `${node.id} calls`))
      : undefined;
    const limits: { readonly waiting?: Quantity; readonly timeout?: Quantity } =
      node.kind === 'endpoint' ? node : node.takes.kind === 'requests' ? node.takes : {};
    this.#mayWait = num(limits.waiting, Number.POSITIVE_INFINITY);
    this.#timeout = num(limits.timeout, 60);
    this.#line = new FluidQueue(context.events, this.#random, this.#service.scv);
    this.#tasks = new Tasks(
      node,
      { perTask: this.#perTask, whenFree: 1 },
      context,
      this.stats,
      stream(context, `${node.id} tasks`),
      {
        arrivals: () => this.#arrived,
        backlog: (id) => this.#backlog(id),
        cpuPerSlot: node.kind === 'workers' ? num(node.cpuPerSlot, 1) : 1,
      },
      () => undefined,
    );
    this.client = { id: node.id, instances: () => this.#tasks.running };
    const deadlines = new Deadlines(context.events, this.#timeout);
    this.request = queue ? undefined : (root, _client, done) => this.#probe(root, done, deadlines);
    const durations = new Durations(this.#service, stream(context, `${node.id} durations`));
    this.#durations = durations;
    queue?.consume({
      servers: () => this.#tasks.running * this.#perTask,
      time: () => this.#time(),
      scv: this.#service.scv,
      failing: () => this.#bad(),
      outlasting: (visibility) => durations.shareAbove(visibility - this.#calls.latency()),
      held: () => 0,
      gathering: () => 0,
      worked: (now, length, begun, busy) => this.#worked(now, length, begun, busy),
      probe: (root, done) => this.#work(root, done),
    });
  }

  #backlog(id: string | undefined): number {
    const other = id === undefined ? this.#queue : this.#stations.get(id);
    if (other && 'visible' in other && typeof other.visible === 'number') return other.visible;
    return this.#line.waiting;
  }

  #time(): number {
    return this.#service.mean + this.#calls.latency();
  }

  #bad(): number {
    return 1 - (1 - this.#failure) * (1 - this.#calls.failing());
  }

  #work(root: Root, done: Done): void {
    const { events } = this.#context;
    events.at(events.now + this.#service.sample(this.#random), () => {
      if (this.#failure > 0 && this.#random.next() < this.#failure) done('failed');
      else if (this.#probes) this.#probes(root, this.client, done);
      else done('ok');
    });
  }

  #probe(root: Root, done: Done, deadlines: Deadlines): void {
    if (this.#refused > 0 && this.#random.next() < this.#refused) {
      done('throttled');
      return;
    }
    let over = false;
    const answer = (outcome: Outcome) => {
      if (over) return;
      over = true;
      done(outcome);
    };
    deadlines.add({ met: () => over, expire: () => answer('timeout') });
    this.#line.enter(() => {
      if (!over) this.#work(root, answer);
    });
  }

  flow(count: number): void {
    this.#pending += count;
  }

  latency(): number {
    return Math.min(this.#timeout, this.#line.wait + this.#time());
  }

  failing(): number {
    return 1 - (1 - this.#refused) * (1 - this.#late) * (1 - this.#bad());
  }

  #worked(now: number, length: number, begun: number, busy: number): void {
    const bad = this.#bad();
    this.#arrived += begun;
    this.stats.arrive(now, begun);
    this.stats.settle(now, 'ok', begun * (1 - bad));
    this.stats.settle(now, 'failed', begun * bad);
    if (length > 0) this.stats.busy.set(now, busy);
    this.#calls.push(begun * (1 - this.#failure));
  }

  step(now: number, length: number): void {
    if (this.#queue) return;
    const line = this.#line;
    const arrivals = this.#pending;
    this.#pending = 0;
    this.#arrived += arrivals;
    const servers = this.#tasks.running * this.#perTask;
    const time = this.#time();
    const able = (servers / Math.max(1e-9, time)) * length;
    const room = Math.max(0, this.#mayWait - line.waiting) + able;
    const accepted = Math.min(arrivals, room);
    this.#refused = arrivals > 0 ? 1 - accepted / arrivals : 0;
    this.stats.arrive(now, arrivals);
    this.stats.settle(now, 'throttled', arrivals - accepted);
    const out = line.step(now, length, accepted, servers, time);
    const late = line.abandon(now + length - this.#timeout);
    // In a long overload the first in line has waited almost until the timeout, so its work is wasted.
    const age = line.oldestAge(now) + (late > 0 ? length : 0);
    const patience = this.#timeout - age - this.#calls.latency();
    const wasted = out * this.#durations.shareAbove(Math.max(0, patience));
    this.#late = late + out > 0 ? (late + wasted) / (late + out) : 0;
    const bad = this.#bad();
    this.stats.settle(now, 'timeout', late + wasted);
    this.stats.settle(now, 'ok', (out - wasted) * (1 - bad));
    this.stats.settle(now, 'failed', (out - wasted) * bad);
    this.stats.backlog.set(now, line.waiting);
    this.stats.busy.set(now, line.busy);
    this.stats.oldest.see(now, line.oldestAge(now));
    this.#calls.push(out * (1 - this.#failure));
  }

  result(): NodeResult {
    const { seconds, launches, interruptions } = this.#tasks.totals();
    return this.stats.result(this.#node, shownSeries.pool, {
      launches,
      interruptions,
      ...(this.#node.kind === 'workers' ? { taskSeconds: seconds } : { instanceSeconds: seconds }),
    });
  }
}
