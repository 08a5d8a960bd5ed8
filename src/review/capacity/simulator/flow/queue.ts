/**
 * An SQS queue in expectation, with the line of its consumers: each offers servers and a time per message. Messages
 * are told apart by how often they were received; those that fail come back after the visibility timeout.
 */

import { type Context, detached, hold, type Outcome, type Root, release, stream } from '../exact/context.ts';
import type { NodeResult, QueueNode } from '../model.ts';
import { num } from '../quantity.ts';
import { StationStats, shownSeries } from '../station-stats.ts';
import { DelayedAmounts } from './delayed-amounts.ts';
import { FluidQueue } from './fluid-queue.ts';
import type { FlowStation } from './station.ts';

/** A poller or a group of workers. */
interface Consumer {
  /** Messages it can have in work at once, and the time of one. */
  readonly servers: () => number;
  readonly time: () => number;
  readonly scv: number;
  /** Share of its messages that fail, and share of those that succeed only after the visibility timeout. */
  readonly failing: () => number;
  readonly outlasting: (visibility: number) => number;
  /** Called for each slot with the messages begun and in work. */
  readonly worked: (now: number, length: number, begun: number, busy: number) => void;
  /** Runs a probe's work. */
  readonly probe: (root: Root, done: (outcome: Outcome) => void) => void;
  /** Messages it holds without working on them, because it is throttled. */
  readonly held: (waiting: number) => number;
  /** Longest wait before messages are taken: a batch window, for instance. */
  readonly gathering: () => number;
}

/** Messages are counted by how often they were received, up to this many times. */
const receiveClasses = 16;

export class FlowQueue implements FlowStation {
  readonly stats: StationStats;
  readonly request = undefined;
  readonly #node: QueueNode;
  readonly #context: Context;
  readonly #stations: ReadonlyMap<string, FlowStation>;
  readonly #consumers: Consumer[] = [];
  readonly #random;
  readonly #visibility: number;
  readonly #maxReceives: number;
  readonly #retention: number;
  readonly #delay: number;
  readonly #delayed: DelayedAmounts;
  readonly #returning: DelayedAmounts[];
  /** Waiting messages by number of earlier receives. */
  readonly #waiting: number[];
  #line: FluidQueue | undefined;
  #pending = 0;
  #shares: number[] = [];
  #heldShare = 0;
  /** Wait of the first in line, by slot. */
  readonly #ages: number[] = [];
  #received = 0;
  #deleted = 0;
  #since: number | undefined;

  constructor(node: QueueNode, context: Context, stations: ReadonlyMap<string, FlowStation>, length: number) {
    this.#node = node;
    this.#context = context;
    this.#stations = stations;
    this.stats = new StationStats(context.window);
    this.#random = stream(context, node.id);
    this.#visibility = num(node.visibilityTimeout, 30);
    this.#maxReceives =
      node.deadLetter === undefined ? Number.POSITIVE_INFINITY : num(node.maxReceiveCount, receiveClasses);
    this.#retention = num(node.retention, 345_600);
    this.#delay = num(node.delay, 0);
    this.#delayed = new DelayedAmounts(this.#delay, length);
    const generations = Math.min(receiveClasses, this.#maxReceives);
    this.#returning = Array.from({ length: generations }, () => new DelayedAmounts(this.#visibility, length));
    this.#waiting = Array.from({ length: generations }, () => 0);
  }

  consume(consumer: Consumer): void {
    this.#consumers.push(consumer);
  }

  get visible(): number {
    return this.#waiting.reduce((sum, count) => sum + count, 0);
  }

  flow(count: number): void {
    this.#pending += count;
  }

  latency(): number {
    return 0;
  }

  failing(): number {
    return 0;
  }

  step(now: number, length: number): void {
    this.stats.arrive(now, this.#pending);
    let fresh = this.#pending;
    this.#pending = 0;
    if (this.#delay > 0) {
      this.#delayed.put(this.#delay, fresh);
      fresh = this.#delayed.advance();
    }
    const incoming = this.#returning.map((delayed) => delayed.advance());
    const back = incoming.reduce((sum, count) => sum + count, 0);
    this.stats.redeliveries.add(now, back);
    let dead = 0;
    this.#waiting[0] = (this.#waiting[0] ?? 0) + fresh;
    for (const [i, count] of incoming.entries()) {
      const received = i + 1;
      // The last class stands for all later receives: as many become dead letters as would on average.
      const later = this.#maxReceives - i;
      const deadLetters =
        received >= this.#maxReceives ? count : i === receiveClasses - 1 ? count / later : 0;
      dead += deadLetters;
      const at = Math.min(this.#waiting.length - 1, received);
      this.#waiting[at] = (this.#waiting[at] ?? 0) + count - deadLetters;
    }
    this.stats.settle(now, 'dead-lettered', dead);
    if (dead > 0 && this.#node.deadLetter !== undefined)
      this.#stations.get(this.#node.deadLetter)?.flow(dead, 'send');
    this.#work(now, length, fresh + back - dead);
    this.stats.backlog.set(now, this.visible);
    this.stats.busy.set(
      now,
      Math.max(0, this.stats.inside - this.visible - this.#delayed.held) + (this.#line?.busy ?? 0),
    );
  }

  #work(now: number, length: number, arrivals: number): void {
    const first = this.#consumers[0];
    if (!first) {
      this.#expire(now, length);
      return;
    }
    this.#line ??= new FluidQueue(this.#context.events, this.#random, first.scv);
    const line = this.#line;
    const servers = this.#consumers.map((consumer) => consumer.servers());
    const total = servers.reduce((sum, count) => sum + count, 0);
    // Several consumers: the time of a message is the mean over their shares of the throughput.
    const speed = this.#consumers.map((consumer, i) => (servers[i] ?? 0) / Math.max(1e-9, consumer.time()));
    const all = speed.reduce((sum, value) => sum + value, 0);
    this.#shares = speed.map((value) => (all > 0 ? value / all : 0));
    const before = line.waiting;
    line.step(now, length, arrivals, total, all > 0 ? total / all : 1);
    const begun = Math.max(0, before + arrivals - line.waiting);
    const gone = line.abandon(now - this.#retention);
    const waiting = this.visible;
    const out = waiting > 0 ? Math.min(1, begun / waiting) : 0;
    const expired = waiting > begun ? Math.min(1, gone / (waiting - begun)) : 0;
    if (gone > 0) this.stats.settle(now, 'expired', Math.min(gone, waiting - begun));
    let failing = 0;
    let outlasting = 0;
    for (const [i, consumer] of this.#consumers.entries()) {
      const share = this.#shares[i] ?? 0;
      const fails = consumer.failing();
      failing += share * fails;
      outlasting += share * (1 - fails) * consumer.outlasting(this.#visibility);
      consumer.worked(now, length, begun * share, line.busy * share);
    }
    let deleted = 0;
    for (const [i, count] of this.#waiting.entries()) {
      const taken = count * out;
      this.#waiting[i] = (count - taken) * (1 - expired);
      this.#returning[i]?.put(this.#visibility, taken * failing);
      deleted += taken * (1 - failing);
    }
    // Done twice: the message came back while its first receiver still worked on it.
    if (outlasting > 0) this.#again(now, begun * outlasting);
    this.#return(now, length);
    this.stats.settle(now, 'ok', deleted);
    if (now >= this.stats.window.from) {
      this.#received += begun;
      this.#deleted += deleted;
    }
    this.#ages.push(line.oldestAge(now));
    this.stats.oldest.see(now, this.#oldest(length));
  }

  /** Messages that throttled consumers hold come back by their visibility timeout, received once more. */
  #return(now: number, length: number): void {
    const waiting = this.visible;
    const held = this.#consumers.reduce((sum, consumer) => sum + consumer.held(waiting), 0);
    this.#heldShare = waiting > 0 ? Math.min(1, held / waiting) : 0;
    if (held <= 0 || waiting <= 0) return;
    const share = Math.min(1, (Math.min(held, waiting) / waiting) * (length / this.#visibility));
    let dead = 0;
    for (let i = this.#waiting.length - 1; i >= 0; i--) {
      const back = (this.#waiting[i] ?? 0) * share;
      this.#waiting[i] = (this.#waiting[i] ?? 0) - back;
      if (i + 1 >= this.#maxReceives) dead += back;
      else {
        const to = Math.min(this.#waiting.length - 1, i + 1);
        this.#waiting[to] = (this.#waiting[to] ?? 0) + back;
      }
    }
    this.stats.redeliveries.add(now, waiting * share);
    if (dead <= 0) return;
    this.#line?.drop(dead);
    this.stats.settle(now, 'dead-lettered', dead);
    if (this.#node.deadLetter !== undefined) this.#stations.get(this.#node.deadLetter)?.flow(dead, 'send');
  }

  /** Those that came back have the earlier waits and visibility timeouts on top of the wait of this time. */
  #oldest(length: number): number {
    let at = this.#ages.length - 1;
    let age = this.#ages[at] ?? 0;
    if (age === 0) return 0;
    let wait = age;
    for (let i = 1; i < this.#waiting.length && (this.#waiting[i] ?? 0) > 0.5; i++) {
      at = Math.max(0, at - Math.round((wait + this.#visibility) / length));
      wait = this.#ages[at] ?? 0;
      age += wait + this.#visibility;
    }
    return Math.min(age, this.#retention);
  }

  #again(now: number, count: number): void {
    this.stats.redeliveries.add(now, count);
    for (const [i, consumer] of this.#consumers.entries())
      consumer.worked(now, 0, count * (this.#shares[i] ?? 0), Number.NaN);
  }

  #expire(now: number, length: number): void {
    // Without a consumer messages only age; those of the first slots are the first to go.
    const window = this.#context.events.now - this.#retention;
    if (window <= 0) {
      this.stats.oldest.see(now, this.visible > 0 ? now + length - this.#firstAt(now) : 0);
      return;
    }
    const gone = Math.min(this.visible, (this.visible * length) / this.#retention);
    for (const [i, count] of this.#waiting.entries())
      this.#waiting[i] = count - (gone * count) / Math.max(1e-9, this.visible);
    this.stats.settle(now, 'expired', gone);
    this.stats.oldest.see(now, this.#retention);
  }

  #firstAt(now: number): number {
    this.#since ??= now;
    return this.#since;
  }

  /** A probe: waits in the line, may fail and come back, and may die. */
  send(root: Root): void {
    hold(root);
    const { events } = this.#context;
    const sent = events.now;
    let receives = 0;
    const join = (): void => {
      if (events.now - sent > this.#retention) {
        release(root, 'expired');
        return;
      }
      if (receives >= this.#maxReceives) {
        this.#stations.get(this.#node.deadLetter ?? '')?.send?.(detached);
        release(root, 'dead-lettered');
        return;
      }
      const joined = events.now;
      this.#line?.enter(() => {
        // As in #return: while it waited it was held and came back now and then.
        let held = (this.#heldShare * (events.now - joined)) / this.#visibility;
        while (held > 0) {
          held -= this.#random.exponential();
          if (held > 0) receives++;
        }
        if (receives >= this.#maxReceives) {
          join();
          return;
        }
        const consumer = this.#pick();
        if (!consumer) return;
        receives++;
        const taken = events.now;
        consumer.probe(root, (outcome) => {
          if (outcome === 'ok') release(root, 'ok');
          else events.at(Math.max(events.now, taken + this.#visibility), join);
        });
      });
    };
    if (this.#consumers.length === 0) {
      events.at(sent + this.#retention, () => release(root, 'expired'));
      return;
    }
    const gather = (this.#pick()?.gathering() ?? 0) * this.#random.next();
    const wait = this.#delay + gather;
    if (wait > 0) events.at(events.now + wait, join);
    else join();
  }

  #pick(): Consumer | undefined {
    if (this.#consumers.length < 2) return this.#consumers[0];
    let rest = this.#random.next();
    for (const [i, consumer] of this.#consumers.entries()) {
      rest -= this.#shares[i] ?? 0;
      if (rest <= 0) return consumer;
    }
    return this.#consumers[0];
  }

  result(): NodeResult {
    return this.stats.result(this.#node, shownSeries.queue, {
      sent: this.stats.arrivals.total,
      received: this.#received,
      deleted: this.#deleted,
      redeliveries: this.stats.redeliveries.total,
    });
  }
}
