/**
 * Tasks or instances of one service: launches at a limited rate, start-up, work in slots, scale-in with a grace
 * period, interruptions, and scaling by policies and schedule.
 */

import type { Random } from '../../../../core/random.ts';
import { sampler } from '../distribution.ts';
import type { Capacity } from '../model.ts';
import { num } from '../quantity.ts';
import { type Policy, policyOf } from '../scaling.ts';
import type { StationStats } from '../station-stats.ts';
import { TokenBucket } from '../token-bucket.ts';
import type { Context } from './context.ts';

/** One piece of work on a task; `kill` is called when the task dies before it is done. */
export interface Job {
  readonly kill: () => void;
}

interface Task {
  state: 'starting' | 'running' | 'draining' | 'stopped';
  listed: boolean;
  readonly jobs: Set<Job>;
}

/** What policies can look at, besides the tasks themselves. */
interface Readings {
  readonly arrivals: () => number;
  readonly backlog: (queue: string | undefined) => number;
  readonly cpuPerSlot: number;
}

export class Tasks {
  readonly #context: Context;
  readonly #stats: StationStats;
  readonly #random: Random;
  readonly #perTask: number;
  readonly #whenFree: number;
  readonly #startUp;
  readonly #launch: TokenBucket;
  readonly #interruptions: number;
  readonly #grace: number;
  readonly #readings: Readings;
  readonly #free: () => void;
  #min: number;
  #max: number;
  #desired: number;
  #starting: Task[] = [];
  #running: Task[] = [];
  /** Tasks that take work, each at most once; the last is asked first. */
  readonly #open: Task[] = [];
  #busy = 0;
  #launched = 0;
  #interrupted = 0;

  /** `free` is called whenever slots become free; a task with less than `whenFree` of them takes nothing. */
  constructor(
    capacity: Capacity,
    { perTask, whenFree }: { readonly perTask: number; readonly whenFree: number },
    context: Context,
    stats: StationStats,
    random: Random,
    readings: Readings,
    free: () => void,
  ) {
    this.#context = context;
    this.#stats = stats;
    this.#random = random;
    this.#perTask = perTask;
    this.#whenFree = whenFree;
    this.#startUp = sampler(capacity.startUp);
    this.#launch = new TokenBucket(num(capacity.launch?.rate, 20), num(capacity.launch?.burst, 100));
    this.#interruptions = num(capacity.interruptionsPerHour, 0) / 3600;
    this.#grace = num(capacity.stopGrace, 30);
    this.#readings = readings;
    this.#free = free;
    this.#min = num(capacity.min);
    this.#max = num(capacity.max);
    this.#desired = num(capacity.desired);
    for (let i = 0; i < this.#desired; i++) this.#run({ state: 'starting', listed: false, jobs: new Set() });
    stats.desired.set(0, this.#desired);
    this.#watch((capacity.policies ?? []).map(policyOf));
    for (const action of capacity.scheduled ?? []) {
      const act = () => {
        this.#min = num(action.min, this.#min);
        this.#max = num(action.max, this.#max);
        this.#set(this.#desired, 'scheduled action');
        if (action.every !== undefined) context.events.at(context.events.now + num(action.every), act);
      };
      context.events.at(num(action.at), act);
    }
  }

  get running(): number {
    return this.#running.length;
  }

  get busy(): number {
    return this.#busy;
  }

  #note(): void {
    const { now } = this.#context.events;
    this.#stats.running.set(now, this.#running.length);
    this.#stats.starting.set(now, this.#starting.length);
    this.#stats.slots.set(now, this.#running.length * this.#perTask);
  }

  #run(task: Task): void {
    task.state = 'running';
    this.#running.push(task);
    this.#offer(task);
    this.#note();
    if (this.#interruptions > 0) {
      const { events } = this.#context;
      events.at(events.now + this.#random.exponential() / this.#interruptions, () => {
        if (task.state !== 'running') return;
        this.#interrupted++;
        this.#stop(task);
        this.#set(this.#desired, 'interruption');
      });
    }
  }

  #asks(task: Task): boolean {
    return this.#perTask - task.jobs.size >= this.#whenFree;
  }

  /** Hands out the received messages; the task that got the last of them asks again when enough slots are free. */
  taken(): void {
    const task = this.#open[this.#open.length - 1];
    if (!task || this.#asks(task)) return;
    this.#open.pop();
    task.listed = false;
  }

  #offer(task: Task): void {
    if (task.listed || task.state !== 'running' || !this.#asks(task)) return;
    task.listed = true;
    this.#open.push(task);
  }

  /** A task with a free slot. */
  take(job: Job): Task | undefined {
    for (let task = this.#open[this.#open.length - 1]; task; task = this.#open[this.#open.length - 1]) {
      if (task.state === 'running' && task.jobs.size < this.#perTask) {
        task.jobs.add(job);
        if (task.jobs.size >= this.#perTask) {
          this.#open.pop();
          task.listed = false;
        }
        this.#busy++;
        this.#stats.busy.set(this.#context.events.now, this.#busy);
        return task;
      }
      this.#open.pop();
      task.listed = false;
    }
    return undefined;
  }

  hasFree(): boolean {
    for (let task = this.#open[this.#open.length - 1]; task; task = this.#open[this.#open.length - 1]) {
      if (task.state === 'running') return true;
      this.#open.pop();
      task.listed = false;
    }
    return false;
  }

  done(task: Task, job: Job): void {
    if (!task.jobs.delete(job)) return;
    this.#busy--;
    this.#stats.busy.set(this.#context.events.now, this.#busy);
    if (task.state === 'draining' && task.jobs.size === 0) task.state = 'stopped';
    this.#offer(task);
    this.#free();
  }

  #stop(task: Task): void {
    const { events } = this.#context;
    this.#running = this.#running.filter((other) => other !== task);
    task.state = task.jobs.size > 0 ? 'draining' : 'stopped';
    this.#note();
    if (task.state === 'stopped') return;
    events.at(events.now + this.#grace, () => {
      for (const job of [...task.jobs]) {
        this.done(task, job);
        job.kill();
      }
      task.state = 'stopped';
    });
  }

  #set(wanted: number, reason: string): void {
    const { events } = this.#context;
    const desired = Math.min(this.#max, Math.max(this.#min, wanted));
    if (desired !== this.#desired) this.#stats.scaled(events.now, this.#desired, desired, reason);
    this.#desired = desired;
    this.#stats.desired.set(events.now, desired);
    while (this.#running.length + this.#starting.length < desired) this.#start();
    while (this.#running.length + this.#starting.length > desired) {
      const late = this.#starting.pop();
      if (late) late.state = 'stopped';
      else {
        const idlest = this.#running.reduce((best, task) => (task.jobs.size < best.jobs.size ? task : best));
        this.#stop(idlest);
      }
    }
    this.#note();
  }

  #start(): void {
    const { events } = this.#context;
    const task: Task = { state: 'starting', listed: false, jobs: new Set() };
    this.#starting.push(task);
    if (events.now >= this.#stats.window.from) this.#launched++;
    const ready = this.#launch.reserve(events.now) + this.#startUp.sample(this.#random);
    events.at(ready, () => {
      if (task.state !== 'starting') return;
      this.#starting = this.#starting.filter((other) => other !== task);
      this.#run(task);
      this.#free();
    });
  }

  #watch(policies: readonly Policy[]): void {
    const { events } = this.#context;
    for (const policy of policies) {
      let last = this.#snapshot();
      const sample = () => {
        const current = this.#snapshot();
        const value = this.#value(policy, last, current, policy.period);
        last = current;
        events.at(events.now + policy.delay, () => this.#decide(policy, policies, value));
        events.at(events.now + policy.period, sample);
      };
      events.at(policy.period, sample);
    }
  }

  #snapshot() {
    const { now } = this.#context.events;
    return {
      busy: this.#stats.busy.integral(now),
      running: this.#stats.running.integral(now),
      arrivals: this.#readings.arrivals(),
    };
  }

  #value(
    policy: Policy,
    before: { busy: number; running: number; arrivals: number },
    after: { busy: number; running: number; arrivals: number },
    period: number,
  ): number | undefined {
    const running = (after.running - before.running) / period;
    switch (policy.metric) {
      case 'cpu-utilisation':
        if (running <= 0) return undefined;
        return Math.min(
          100,
          ((100 * (after.busy - before.busy)) / period / (running * this.#perTask)) *
            this.#readings.cpuPerSlot,
        );
      case 'queue-depth':
        return this.#readings.backlog(policy.queue);
      case 'backlog-per-task':
        return this.#readings.backlog(policy.queue) / Math.max(1, this.#running.length);
      case 'requests-per-target':
        return running > 0 ? (after.arrivals - before.arrivals) / running : undefined;
      case 'invocations-per-instance':
        // SageMaker's metric counts per minute, whatever the alarm's period.
        return running > 0 ? ((after.arrivals - before.arrivals) / running / period) * 60 : undefined;
    }
  }

  #decide(policy: Policy, all: readonly Policy[], value: number | undefined): void {
    const state = { running: this.#running.length, desired: this.#desired };
    const wish = policy.datapoint(this.#context.events.now, value, state);
    if (!wish) return;
    const floor = Math.max(0, ...all.filter((other) => other !== policy).map((other) => other.floor(state)));
    const desired =
      wish.desired < state.desired ? Math.max(wish.desired, Math.min(floor, state.desired)) : wish.desired;
    if (desired !== state.desired) this.#set(desired, wish.reason);
  }

  totals(): { seconds: number; launches: number; interruptions: number } {
    const end = this.#stats.window.to;
    return {
      seconds: this.#stats.running.windowIntegral(end) + this.#stats.starting.windowIntegral(end),
      launches: this.#launched,
      interruptions: this.#interrupted,
    };
  }
}
