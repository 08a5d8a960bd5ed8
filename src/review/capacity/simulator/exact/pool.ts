/**
 * Workers and endpoints: tasks that take messages from a queue, or requests behind a load balancer. Requests stand in
 * one line for all tasks (as with least outstanding requests); round robin, which ignores how busy tasks are, is slower.
 */

import { sampler } from '../distribution.ts';
import type { EndpointNode, NodeResult, Quantity, WorkersNode } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import {
  type Calls,
  type Client,
  type Context,
  type Done,
  type Outcome,
  type Root,
  readyCalls,
  type Station,
  stream,
} from './context.ts';
import { Deadlines } from './deadlines.ts';
import { Fifo } from './fifo.ts';
import type { QueueStation } from './queue.ts';
import { type Job, Tasks } from './tasks.ts';

interface Waiting {
  readonly root: Root;
  readonly since: number;
  readonly finish: Done;
  state: 'waiting' | 'working' | 'answered';
}

export class PoolStation implements Station {
  readonly stats: StationStats;
  readonly client: Client;
  readonly request: Station['request'];
  readonly #node: WorkersNode | EndpointNode;
  readonly #context: Context;
  readonly #queue: QueueStation | undefined;
  readonly #tasks: Tasks;
  readonly #service;
  readonly #random;
  readonly #failure: number;
  readonly #calls: Calls | undefined;
  readonly #line = new Fifo<Waiting>();
  readonly #mayWait: number;
  readonly #deadlines: Deadlines;
  #waiting = 0;
  #arrived = 0;

  constructor(node: WorkersNode | EndpointNode, context: Context, queue: QueueStation | undefined) {
    this.#node = node;
    this.#context = context;
    this.#queue = queue;
    this.stats = new StationStats(context.window);
    this.#service = sampler(node.service);
    this.#random = stream(context, node.id);
    this.#failure = num(node.failure, 0);
    const limits: { readonly waiting?: Quantity; readonly timeout?: Quantity } =
      node.kind === 'endpoint' ? node : node.takes.kind === 'requests' ? node.takes : {};
    this.#mayWait = num(limits.waiting, Number.POSITIVE_INFINITY);
    this.#deadlines = new Deadlines(context.events, num(limits.timeout, 60));
    const calls = node.kind === 'workers' ? node.calls : undefined;
    this.#calls = calls?.length ? readyCalls(context, calls, stream(context, `${node.id} calls`)) : undefined;
    this.#tasks = new Tasks(
      node,
      {
        perTask: num(node.concurrency),
        whenFree: node.kind === 'workers' ? num(node.takesWhenFree, 1) : 1,
      },
      context,
      this.stats,
      stream(context, `${node.id} tasks`),
      {
        arrivals: () => this.#arrived,
        backlog: (id) => this.#backlog(id),
        cpuPerSlot: node.kind === 'workers' ? num(node.cpuPerSlot, 1) : 1,
      },
      () => this.#next(),
    );
    this.client = { id: node.id, instances: () => this.#tasks.running };
    queue?.onMessage(() => this.#next());
    this.request = queue ? undefined : (root, _client, done) => this.#enter(root, done);
  }

  #backlog(id: string | undefined): number {
    const other = id === undefined ? undefined : this.#context.stations.get(id);
    if (other && 'visible' in other && typeof other.visible === 'number') return other.visible;
    return this.#queue ? this.#queue.visible : this.#waiting;
  }

  #next(): void {
    if (this.#queue) {
      while (this.#queue.visible > 0 && this.#tasks.hasFree()) {
        const [message] = this.#queue.receive(1);
        if (!message) return;
        const queue = this.#queue;
        const giveBack = this.#node.kind === 'workers' && this.#node.givesBack === true;
        this.stats.arrive(this.#context.events.now);
        this.#arrived++;
        this.#work(message.root, (outcome, killed) => {
          this.stats.settle(this.#context.events.now, outcome);
          if (outcome === 'ok') queue.delete(message);
          else if (killed && giveBack) queue.giveBack(message);
        });
      }
      this.#tasks.taken();
      return;
    }
    while (this.#line.length > 0 && this.#tasks.hasFree()) {
      const waiting = this.#line.shift();
      if (waiting?.state !== 'waiting') continue;
      this.#wait(-1);
      this.stats.oldest.see(this.#context.events.now, this.#context.events.now - waiting.since);
      this.#serve(waiting);
    }
  }

  #serve(waiting: Waiting): void {
    waiting.state = 'working';
    this.#work(waiting.root, (outcome) => this.#answer(waiting, outcome));
  }

  #answer(waiting: Waiting, outcome: Outcome): void {
    if (waiting.state === 'answered') return;
    waiting.state = 'answered';
    this.stats.settle(this.#context.events.now, outcome);
    waiting.finish(outcome);
  }

  #wait(change: number): void {
    this.#waiting += change;
    this.stats.backlog.set(this.#context.events.now, this.#waiting);
  }

  #enter(root: Root, finish: Done): void {
    const { events } = this.#context;
    this.stats.arrive(events.now);
    this.#arrived++;
    const waiting: Waiting = { root, since: events.now, finish, state: 'waiting' };
    const free = this.#waiting === 0 && this.#tasks.hasFree();
    if (!free && this.#waiting >= this.#mayWait) {
      this.#answer(waiting, 'throttled');
      return;
    }
    this.#deadlines.add({
      met: () => waiting.state === 'answered',
      expire: () => {
        if (waiting.state === 'waiting') this.#wait(-1);
        this.#answer(waiting, 'timeout');
      },
    });
    if (free) this.#serve(waiting);
    else {
      this.#wait(1);
      this.#line.push(waiting);
    }
  }

  #work(root: Root, finish: (outcome: Outcome, killed: boolean) => void): void {
    const { events } = this.#context;
    let over = false;
    const job: Job = { kill: () => end('failed', true) };
    const task = this.#tasks.take(job);
    const end = (outcome: Outcome, killed = false) => {
      if (over) return;
      over = true;
      finish(outcome, killed);
      if (task && !killed) this.#tasks.done(task, job);
    };
    events.at(events.now + this.#service.sample(this.#random), () => {
      if (over) return;
      if (this.#failure > 0 && this.#random.next() < this.#failure) end('failed');
      else if (this.#calls) this.#calls(root, this.client, (outcome) => end(outcome));
      else end('ok');
    });
  }

  tick(): void {
    const { now } = this.#context.events;
    const first = this.#line.peek();
    if (first?.state === 'waiting') this.stats.oldest.see(now, now - first.since);
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
