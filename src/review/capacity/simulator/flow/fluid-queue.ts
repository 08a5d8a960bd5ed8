/**
 * A waiting line in expectation: the number inside follows arrivals minus departures, and departures follow from that
 * number as in a steady state with as many inside (pointwise stationary fluid flow approximation; Wang, Tipper and
 * Banerjee 1996). It is exact in the long run, a fluid in overload, and an approximation in between. It is solved
 * implicitly, so it is stable for any service time. A probe waits for its place in the line, and for a random part of
 * the wait in the steady state.
 */

import type { Random } from '../../../../core/random.ts';
import type { Events } from '../exact/events.ts';
import { Fifo } from '../exact/fifo.ts';
import { highest, interpolate, type LineTable, lineTable, locate } from './formulas.ts';

interface Mark {
  readonly at: number;
  readonly arrived: number;
}

export class FluidQueue {
  readonly #events: Events;
  readonly #random: Random;
  readonly #scv: number;
  readonly #tables = new Map<number, LineTable>();
  readonly #probes = new Fifo<{ readonly place: number; readonly start: () => void }>();
  /** Arrivals until a time, to tell how long the first in the line has waited. */
  readonly #marks = new Fifo<Mark>();
  #inside = 0;
  #arrived = 0;
  #slotArrivals = 0;
  #slotStart = 0;
  #slotLength = 1;
  #started = 0;
  busy = 0;
  waiting = 0;
  /** Steady-state part of the wait: its probability and its mean when there is one. */
  #chance = 0;
  #chanceMean = 0;
  #steady = 0;
  #rateOut = 0;

  constructor(events: Events, random: Random, scv: number) {
    this.#events = events;
    this.#random = random;
    this.#scv = scv;
  }

  #table(servers: number): LineTable {
    let table = this.#tables.get(servers);
    if (!table) {
      table = lineTable(servers, this.#scv);
      this.#tables.set(servers, table);
    }
    return table;
  }

  /** Mean wait of a request that arrives now. */
  get wait(): number {
    return this.#rateOut > 0 ? this.waiting / this.#rateOut : this.waiting > 1e-9 ? 3600 : 0;
  }

  get inside(): number {
    return this.#inside;
  }

  /** One slot; returns how many were finished. */
  step(now: number, length: number, arrivals: number, servers: number, time: number): number {
    this.#slotStart = now;
    this.#slotLength = length;
    this.#slotArrivals = arrivals;
    const whole = Math.floor(servers + 1e-9);
    const before = this.#inside;
    const offered = before + arrivals;
    this.#arrived += arrivals;
    if (arrivals > 0) this.#marks.push({ at: now, arrived: this.#arrived });
    if (whole < 1 || time <= 0) {
      // Without servers all wait; without a service time none does.
      const stay = whole < 1 ? offered : 0;
      this.#rest(stay, 0, stay);
      this.#chance = 0;
      this.#steady = 0;
      this.#rateOut = whole < 1 ? 0 : Number.POSITIVE_INFINITY;
      return offered - stay;
    }
    const table = this.#table(whole);
    const capacity = (whole / time) * length;
    const place = locate(offered, (i) => (table.inside[i] ?? 0) + capacity * (table.rho[i] ?? 0));
    const rho = interpolate(table.rho, place);
    // Beyond the table the line is a fluid: all servers busy.
    const full = offered > (table.inside[table.inside.length - 1] ?? 0) + capacity * highest;
    const left = Math.min(offered, capacity * (full ? 1 : rho));
    const inside = offered - left;
    const busy = full ? whole : Math.min(whole * rho, inside);
    this.#rest(inside, busy, inside - busy);
    this.#rateOut = (whole / time) * (full ? 1 : Math.max(rho, 1e-9));
    const load = (arrivals * time) / (length * whole);
    if (load < highest && arrivals > 0) {
      const at = locate(load, (i) => table.rho[i] ?? 0);
      const steady = Math.max(0, interpolate(table.inside, at) - whole * load);
      this.#chance = interpolate(table.waits, at);
      this.#steady = Math.min(steady, this.waiting);
      this.#chanceMean = this.#chance > 0 ? this.#steady / (arrivals / length) / this.#chance : 0;
    } else {
      this.#chance = 0;
      this.#steady = 0;
    }
    return left;
  }

  #rest(inside: number, busy: number, waiting: number): void {
    const before = this.#started;
    this.#inside = inside;
    this.busy = busy;
    this.waiting = Math.max(0, waiting);
    this.#started = this.#arrived - this.waiting;
    for (let mark = this.#marks.peek(); mark && mark.arrived <= this.#started; mark = this.#marks.peek())
      this.#marks.shift();
    const gone = this.#started - before;
    for (
      let probe = this.#probes.peek();
      probe && probe.place <= this.#started;
      probe = this.#probes.peek()
    ) {
      this.#probes.shift();
      const share = gone > 0 ? Math.min(1, Math.max(0, (probe.place - before) / gone)) : 0;
      this.#events.at(
        Math.max(this.#events.now, this.#slotStart + share * this.#slotLength) + this.#chanceWait(),
        probe.start,
      );
    }
  }

  #chanceWait(): number {
    if (this.#chance <= 0 || this.#random.next() >= this.#chance) return 0;
    return this.#chanceMean * this.#random.exponential();
  }

  /** A probe joins the line; `start` is called when it is served. */
  enter(start: () => void): void {
    const { now } = this.#events;
    const share = Math.min(1, Math.max(0, (now - this.#slotStart) / this.#slotLength));
    const excess = this.waiting - this.#steady;
    if (excess > 1e-6 || this.#rateOut === 0) {
      const place = this.#arrived - (1 - share) * this.#slotArrivals - this.#steady;
      this.#probes.push({ place, start });
      return;
    }
    const wait = this.#chanceWait();
    if (wait > 0) this.#events.at(now + wait, start);
    else start();
  }

  /** Takes that many out of the line for good. */
  drop(count: number): void {
    const gone = Math.min(this.waiting, count);
    this.#started += gone;
    this.waiting -= gone;
    this.#inside -= gone;
  }

  oldestAge(now: number): number {
    const mark = this.#marks.peek();
    return mark && this.waiting > 0.5 ? Math.max(0, now - mark.at) : 0;
  }

  /** Takes out what has waited since before `limit`; returns how many. */
  abandon(limit: number): number {
    let until = this.#started;
    for (let mark = this.#marks.peek(); mark && mark.at < limit; mark = this.#marks.peek()) {
      until = mark.arrived;
      this.#marks.shift();
    }
    const gone = Math.min(this.waiting, Math.max(0, until - this.#started));
    this.#started += gone;
    this.waiting -= gone;
    this.#inside -= gone;
    return gone;
  }
}
