/**
 * A Lambda function in expectation. Concurrency follows arrivals with a lag of the mean duration; throttling is the
 * Erlang B loss at that offered load (modified offered load approximation; exact for a steady load by insensitivity);
 * environments and cold starts as in `warmLevels`.
 */

import type { Random } from '../../../../core/random.ts';
import { type Sampler, sampler } from '../distribution.ts';
import {
  type Client,
  type Context,
  type Done,
  hold,
  type Outcome,
  type Root,
  readyCalls,
  release,
  stream,
} from '../exact/context.ts';
import { Deadlines } from '../exact/deadlines.ts';
import type { FunctionNode, NodeResult } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { DelayedAmounts } from './delayed-amounts.ts';
import { Durations } from './durations.ts';
import { FlowEnvironments } from './environments.ts';
import { erlangB } from './formulas.ts';
import { FlowCalls, type FlowStation } from './station.ts';

/** Mean wait between attempts of throttled asynchronous invocations; AWS's waits grow from 1 s to 5 min. */
const asyncWait = 30;

export class FlowFunction implements FlowStation {
  readonly stats: StationStats;
  readonly client: Client;
  readonly request: NonNullable<FlowStation['request']>;
  readonly service: Sampler;
  readonly calls: FlowCalls;
  readonly #node: FunctionNode;
  readonly #context: Context;
  readonly #random: Random;
  readonly #cold: Sampler;
  readonly #durations: Durations;
  readonly #timeout: number;
  readonly #failure: number;
  readonly #provisioned: number;
  readonly #environments: FlowEnvironments;
  readonly #retries: DelayedAmounts[];
  readonly #probes;
  readonly #stations: ReadonlyMap<string, FlowStation>;
  #pending = 0;
  #pendingAsync = 0;
  #asyncBacklog = 0;
  /** Busy environments of direct invocations, and the same if nothing were lost. */
  #busy = 0;
  #offered = 0;
  #lastOffered = 0;
  /** Set by the pollers each slot: environments busy with batches, and batches begun. */
  #batches = 0;
  #batchBusy = 0;
  #batchShare = 0;
  #lost = 0;
  #coldShare = 0;
  #gbSeconds = 0;

  constructor(
    node: FunctionNode,
    context: Context,
    stations: ReadonlyMap<string, FlowStation>,
    length: number,
  ) {
    this.#node = node;
    this.#context = context;
    this.#stations = stations;
    this.stats = new StationStats(context.window);
    this.#random = stream(context, node.id);
    this.service = sampler(node.service);
    this.#cold = sampler(node.coldStart);
    this.#durations = new Durations(this.service, stream(context, `${node.id} durations`));
    this.#timeout = num(node.timeout);
    this.#failure = num(node.failure, 0);
    this.#provisioned = num(node.provisionedConcurrency, 0);
    this.#environments = new FlowEnvironments(node);
    this.#retries = Array.from(
      { length: num(node.async?.retries, 2) },
      () => new DelayedAmounts(120, length),
    );
    this.calls = new FlowCalls(node.calls, stations);
    this.client = { id: node.id, instances: () => this.#environments.alive };
    this.#probes = node.calls?.length
      ? readyCalls(context, node.calls, stream(context, `${node.id} calls`))
      : undefined;
    const deadlines = new Deadlines(context.events, this.#timeout);
    this.request = (root, _client, done) => this.#probe(root, done, deadlines);
    this.stats.slots.set(0, this.#limit());
  }

  #limit(): number {
    const { reservedConcurrency } = this.#node;
    return reservedConcurrency === undefined
      ? this.#context.account.limit + this.#provisioned
      : num(reservedConcurrency);
  }

  #probe(root: Root, done: Done, deadlines: Deadlines): void {
    const { events } = this.#context;
    if (this.#random.next() < this.#lost) {
      done('throttled');
      return;
    }
    const init = this.#random.next() < this.#coldShare ? this.#cold.sample(this.#random) : 0;
    let over = false;
    const deadline = events.now + init + this.#timeout;
    const answer = (outcome: Outcome) => {
      if (over) return;
      over = true;
      done(outcome);
    };
    deadlines.add({
      met: () => over,
      expire: () =>
        deadline > events.now ? events.at(deadline, () => answer('timeout')) : answer('timeout'),
    });
    this.work(root, events.now + init, answer);
  }

  /** A probe's own time and calls; a poller's probes come here too. */
  work(root: Root, from: number, answer: Done): void {
    const { events } = this.#context;
    events.at(from + this.service.sample(this.#random), () => {
      if (this.#failure > 0 && this.#random.next() < this.#failure) answer('failed');
      else if (this.#probes) this.#probes(root, this.client, answer);
      else answer('ok');
    });
  }

  send(root: Root): void {
    hold(root);
    const { events } = this.#context;
    const sent = events.now;
    let errors = 0;
    const attempt = () => {
      if (events.now - sent > num(this.#node.async?.maxAge, 21_600)) {
        release(root, this.#node.async?.deadLetter === undefined ? 'expired' : 'dead-lettered');
        return;
      }
      this.request(root, undefined, (outcome) => {
        if (outcome === 'ok') release(root, 'ok');
        else if (outcome === 'throttled')
          events.at(events.now + asyncWait * this.#random.exponential(), attempt);
        else if (errors++ >= this.#retries.length)
          release(root, this.#node.async?.deadLetter === undefined ? outcome : 'dead-lettered');
        else events.at(events.now + 60 * errors, attempt);
      });
    };
    attempt();
  }

  flow(count: number, kind: 'wait' | 'send'): void {
    if (kind === 'wait') this.#pending += count;
    else this.#pendingAsync += count;
  }

  /** From a poller: batches begun, environments they keep busy, what became of them. */
  batches(now: number, begun: number, busy: number, failing: number, seconds: number): void {
    this.#batches += begun;
    this.#batchBusy += busy;
    this.stats.arrive(now, begun);
    this.stats.settle(now, 'ok', begun * (1 - failing));
    this.stats.settle(now, 'failed', begun * failing);
    if (now >= this.stats.window.from) this.#gbSeconds += (seconds * num(this.#node.memoryMb)) / 1024;
  }

  /** From a poller: batches that found no free concurrency. */
  turnedAway(now: number, count: number): void {
    this.stats.arrive(now, count);
    this.stats.settle(now, 'throttled', count);
  }

  /** Concurrency left for pollers. */
  room(): number {
    const others =
      this.#node.reservedConcurrency === undefined
        ? this.#context.account.used - this.#batchShare
        : this.#busy;
    return Math.max(0, this.#limit() - others);
  }

  /** Mean duration, cut at the timeout, without cold starts. */
  duration(): number {
    const waits = this.calls.latency();
    const rest = Math.max(0, this.#timeout - waits);
    return Math.min(this.#timeout, this.service.mean - this.#durations.cut(rest) + waits);
  }

  latency(): number {
    return (1 - this.#lost) * (this.duration() + this.#coldShare * this.#cold.mean);
  }

  timingOut(): number {
    return this.#durations.shareAbove(Math.max(0, this.#timeout - this.calls.latency()));
  }

  /** Failures of invocations that ran. */
  bad(): number {
    return 1 - (1 - this.timingOut()) * (1 - this.#failure) * (1 - this.calls.failing());
  }

  failing(): number {
    return 1 - (1 - this.#lost) * (1 - this.bad());
  }

  step(now: number, length: number): void {
    const deadRetries = this.#retries.map((delayed) => delayed.advance());
    const again = Math.min(this.#asyncBacklog, (this.#asyncBacklog * length) / asyncWait);
    this.#asyncBacklog -= again;
    const asyncNow = this.#pendingAsync + again + deadRetries.reduce((sum, due) => sum + due, 0);
    const asked = this.#pending + asyncNow;
    const rate = (asked + this.#batches) / length;
    const time = this.duration() + this.#coldShare * this.#cold.mean;
    const lag = time > 0 ? Math.exp(-length / time) : 0;
    const direct = asked / length;
    this.#offered = direct * time + (this.#offered - direct * time) * lag;
    const cold = this.#environments.step(now, length, rate, this.duration(), this.#limit());
    this.#coldShare = rate > 0 ? cold / (rate * length) : 0;
    this.stats.coldStarts.add(now, cold);
    this.stats.running.set(now, this.#environments.alive);
    const limit = this.#capacity();
    this.#lost = this.#loss(limit);
    const lost = asked * this.#lost;
    const taken = asked - lost;
    // The outflow lags behind: what is inside approaches rate × time.
    const inside = (taken / length) * time + (this.#busy - (taken / length) * time) * lag;
    const out = taken + this.#busy - inside;
    this.#busy = inside;
    this.#account(now, length, { asked, lost, out, asyncNow, deadRetries });
    this.#pending = 0;
    this.#pendingAsync = 0;
    this.#batchShare = this.#batchBusy;
    this.#batchBusy = 0;
    this.#batches = 0;
  }

  /** Concurrency direct invocations can have: the limit, or fewer environments while they come at their rate. */
  #capacity(): number {
    const { starved, alive } = this.#environments;
    return Math.max(0, (starved ? alive : this.#limit()) - this.#batchShare);
  }

  #loss(limit: number): number {
    if (this.#offered <= 0) return 0;
    const shared = this.#node.reservedConcurrency === undefined;
    // Functions without a reservation share the account's pool, and so its losses.
    const others = shared ? Math.max(0, this.#context.account.offered - this.#lastOffered) : 0;
    const load = this.#offered + others;
    return load < limit - 8 * Math.sqrt(limit) ? 0 : erlangB(load, limit);
  }

  #account(
    now: number,
    length: number,
    slot: { asked: number; lost: number; out: number; asyncNow: number; deadRetries: readonly number[] },
  ): void {
    const { asked, lost, out, asyncNow, deadRetries } = slot;
    const failed = out * this.bad();
    const late = out * this.timingOut();
    this.stats.arrive(now, asked);
    this.stats.settle(now, 'throttled', lost);
    this.stats.settle(now, 'ok', out - failed);
    this.stats.settle(now, 'timeout', Math.min(failed, late));
    this.stats.settle(now, 'failed', Math.max(0, failed - late));
    this.calls.push(Math.max(0, out * (1 - this.timingOut()) * (1 - this.#failure)));
    if (asyncNow > 0) {
      this.#asyncBacklog += asyncNow * this.#lost;
      const tried = [this.#pendingAsync, ...deadRetries];
      for (const [i, count] of tried.entries()) {
        const errors = count * (1 - this.#lost) * this.bad();
        const next = this.#retries[i];
        if (next) next.put(60 * (i + 1), errors);
        else if (this.#node.async?.deadLetter !== undefined)
          this.#stations.get(this.#node.async.deadLetter)?.flow(errors, 'send');
      }
    }
    const busy = this.#busy + this.#batchBusy;
    const retried = this.#retries.reduce((sum, delayed) => sum + delayed.held, 0);
    this.stats.backlog.set(now, this.#asyncBacklog + retried);
    this.stats.busy.set(now, busy);
    if (now >= this.stats.window.from)
      this.#gbSeconds += (this.#busy * length * num(this.#node.memoryMb)) / 1024;
  }

  /** The same if nothing were lost, as other functions see it. */
  offered(): number {
    if (this.#node.reservedConcurrency !== undefined) return 0;
    this.#lastOffered = Math.max(0, this.#offered - this.#provisioned);
    return this.#lastOffered;
  }

  /** What it takes of the account's pool. */
  used(): number {
    return this.#node.reservedConcurrency === undefined
      ? Math.max(0, this.#busy + this.#batchShare - this.#provisioned)
      : 0;
  }

  result(): NodeResult {
    const { from, to } = this.stats.window;
    return this.stats.result(this.#node, shownSeries.function, {
      invocations: this.stats.arrivals.total - this.stats.kinds.throttled,
      gbSeconds: this.#gbSeconds,
      coldStarts: this.stats.coldStarts.total,
      ...(this.#provisioned > 0 && {
        provisionedGbSeconds: (this.#provisioned * num(this.#node.memoryMb) * (to - from)) / 1024,
      }),
    });
  }
}
