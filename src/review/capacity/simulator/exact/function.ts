/** A Lambda function: environments, cold starts, throttles, timeouts, its calls, and asynchronous invocation. */

import type { Random } from '../../../../core/random.ts';
import { sampler } from '../distribution.ts';
import type { FunctionNode, NodeResult } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import {
  type Calls,
  type Client,
  type Context,
  type Done,
  detached,
  hold,
  type Outcome,
  type Root,
  readyCalls,
  release,
  type Station,
  stream,
} from './context.ts';
import { Deadlines } from './deadlines.ts';
import { Environments } from './environments.ts';

/** How a batch is served: a service time per message or per batch, and whether failures are reported per message. */
interface BatchOptions {
  readonly perMessage: boolean;
  readonly partial: boolean;
}

const single: BatchOptions = { perMessage: true, partial: false };

/** Waits between retries of asynchronous invocations after errors. docs: invocation-async-error-handling. */
const retryWaits = [60, 120] as const;
const sixHours = 21_600;

export class FunctionStation implements Station {
  readonly stats: StationStats;
  readonly client: Client;
  readonly #node: FunctionNode;
  readonly #context: Context;
  readonly #environments: Environments;
  readonly #random: Random;
  readonly #service;
  readonly #coldStart;
  readonly #timeout: number;
  readonly #failure: number;
  readonly #calls: Calls | undefined;
  readonly #gb: number;
  readonly #deadlines: Deadlines;
  #gbSeconds = 0;

  constructor(node: FunctionNode, context: Context) {
    this.#node = node;
    this.#context = context;
    this.stats = new StationStats(context.window);
    this.#environments = new Environments(node, context.account);
    this.#random = stream(context, node.id);
    this.#service = sampler(node.service);
    this.#coldStart = sampler(node.coldStart);
    this.#timeout = num(node.timeout);
    this.#deadlines = new Deadlines(context.events, this.#timeout);
    this.#failure = num(node.failure, 0);
    this.#calls = node.calls?.length
      ? readyCalls(context, node.calls, stream(context, `${node.id} calls`))
      : undefined;
    this.#gb = num(node.memoryMb) / 1024;
    this.client = { id: node.id, instances: () => this.#environments.alive(context.events.now) };
    this.stats.running.set(0, this.#environments.provisioned);
    this.stats.slots.set(
      0,
      node.reservedConcurrency === undefined ? context.account.limit : num(node.reservedConcurrency),
    );
  }

  /** Idle environments go by themselves; called when series are sampled. */
  tick(): void {
    const { now } = this.#context.events;
    this.stats.running.set(now, this.#environments.alive(now));
  }

  request(root: Root, _client: Client | undefined, done: Done): void {
    this.invoke([root], single, (outcomes) => done(outcomes[0] ?? 'failed'));
  }

  /** One invocation for all of `roots`; answers with an outcome for each. */
  invoke(roots: readonly Root[], options: BatchOptions, done: (outcomes: readonly Outcome[]) => void): void {
    const { events } = this.#context;
    const begun = events.now;
    this.stats.arrive(begun);
    const start = this.#environments.take(begun);
    if (start === 'throttled') {
      this.stats.settle(begun, 'throttled');
      done(roots.map(() => 'throttled'));
      return;
    }
    this.stats.busy.add(begun, 1);
    this.stats.running.set(begun, this.#environments.alive(begun));
    let init = 0;
    if (start === 'cold') {
      this.stats.coldStarts.add(begun);
      init = this.#coldStart.sample(this.#random);
    }
    let over = false;
    const end = (outcomes: readonly Outcome[]) => {
      if (over) return;
      over = true;
      const { now } = events;
      this.#environments.release(now);
      this.stats.busy.add(now, -1);
      if (now >= this.stats.window.from) this.#gbSeconds += (now - begun) * this.#gb;
      this.stats.settle(now, outcomes.find((outcome) => outcome !== 'ok') ?? 'ok');
      done(outcomes);
    };
    // The timeout begins after the init phase.
    const deadline = begun + init + this.#timeout;
    const late = () => end(roots.map(() => 'timeout'));
    if (this.#calls) {
      const expire = () => (deadline > events.now ? events.at(deadline, late) : late());
      this.#deadlines.add({ met: () => over, expire });
      this.#item(roots, options, [], begun + init, end);
      return;
    }
    // Without calls the length is known: one event.
    const { length, outcomes } = this.#alone(roots, options);
    if (begun + init + length > deadline) events.at(deadline, late);
    else events.at(begun + init + length, () => end(outcomes));
  }

  #alone(roots: readonly Root[], options: BatchOptions): { length: number; outcomes: Outcome[] } {
    const outcomes: Outcome[] = [];
    let length = 0;
    for (let i = 0; i < roots.length; i++) {
      if (i === 0 || options.perMessage) length += this.#service.sample(this.#random);
      outcomes.push(this.#fails() ? 'failed' : 'ok');
      if (outcomes[i] !== 'ok' && !options.partial) return { length, outcomes: roots.map(() => 'failed') };
    }
    return { length, outcomes };
  }

  #fails(): boolean {
    return this.#failure > 0 && this.#random.next() < this.#failure;
  }

  /** One message after the other: own time, then its calls. */
  #item(
    roots: readonly Root[],
    options: BatchOptions,
    outcomes: Outcome[],
    from: number,
    end: (outcomes: readonly Outcome[]) => void,
  ): void {
    const root = roots[outcomes.length];
    if (!root) {
      end(outcomes);
      return;
    }
    const own = outcomes.length === 0 || options.perMessage ? this.#service.sample(this.#random) : 0;
    const next = (outcome: Outcome) => {
      outcomes.push(outcome);
      if (outcome !== 'ok' && !options.partial) end(roots.map(() => outcome));
      else this.#item(roots, options, outcomes, this.#context.events.now, end);
    };
    this.#context.events.at(from + own, () => {
      if (this.#fails()) next('failed');
      else if (this.#calls) this.#calls(root, this.client, next);
      else next('ok');
    });
  }

  /** Asynchronous: retried after throttles until too old, after errors as often as configured. */
  send(root: Root): void {
    hold(root);
    const { events } = this.#context;
    const sent = events.now;
    const retries = num(this.#node.async?.retries, 2);
    const maxAge = num(this.#node.async?.maxAge, sixHours);
    let errors = 0;
    let throttles = 0;
    this.stats.backlog.add(sent, 1);
    const giveUp = (outcome: Outcome) => {
      this.stats.backlog.add(events.now, -1);
      const destination = this.#node.async?.deadLetter;
      if (destination !== undefined) this.#context.stations.get(destination)?.send?.(detached);
      release(root, destination === undefined ? outcome : 'dead-lettered');
    };
    const attempt = () => {
      if (events.now - sent > maxAge) return giveUp('expired');
      this.request(root, undefined, (outcome) => {
        if (outcome === 'ok') {
          this.stats.backlog.add(events.now, -1);
          release(root, 'ok');
        } else if (outcome === 'throttled') events.at(events.now + Math.min(300, 2 ** throttles++), attempt);
        else if (errors >= retries) giveUp(outcome);
        else events.at(events.now + (retryWaits[errors++] ?? 120), attempt);
      });
    };
    attempt();
  }

  result(): NodeResult {
    const { from, to } = this.stats.window;
    this.tick();
    return this.stats.result(this.#node, shownSeries.function, {
      invocations: this.stats.arrivals.total - this.stats.kinds.throttled,
      gbSeconds: this.#gbSeconds,
      coldStarts: this.stats.coldStarts.total,
      ...(this.#environments.provisioned > 0 && {
        provisionedGbSeconds: this.#environments.provisioned * this.#gb * (to - from),
      }),
    });
  }
}
