/** The statistics of one node, the same in both modes: what came in, what became of it, what is still inside. */
import { bucketTimes, Counter, Gauge, Peaks, type Window } from './meters.ts';
import type { ErrorKind, Errors, NodeResult, NodeSeries, NodeTotals, ScalingEvent } from './model.ts';

export const noErrors = (): Record<ErrorKind, number> => ({
  throttled: 0,
  timeout: 0,
  failed: 0,
  'dead-lettered': 0,
  expired: 0,
});

/** Scaling events kept per node. */
const maxScalingEvents = 1000;

export class StationStats {
  readonly window: Window;
  readonly arrivals: Counter;
  readonly completed: Counter;
  readonly throttles: Counter;
  readonly errors: Counter;
  readonly kinds = noErrors();
  readonly backlog: Gauge;
  readonly busy: Gauge;
  readonly running: Gauge;
  readonly starting: Gauge;
  readonly desired: Gauge;
  /** Utilisation is busy divided by slots. */
  readonly slots: Gauge;
  readonly oldest: Peaks;
  readonly coldStarts: Counter;
  readonly redeliveries: Counter;
  readonly events: ScalingEvent[] = [];
  inside = 0;
  insideAtStart = 0;

  constructor(window: Window) {
    this.window = window;
    const counter = () => new Counter(window);
    const gauge = () => new Gauge(window);
    this.arrivals = counter();
    this.completed = counter();
    this.throttles = counter();
    this.errors = counter();
    this.coldStarts = counter();
    this.redeliveries = counter();
    this.backlog = gauge();
    this.busy = gauge();
    this.running = gauge();
    this.starting = gauge();
    this.desired = gauge();
    this.slots = gauge();
    this.oldest = new Peaks(window);
  }

  arrive(now: number, count = 1): void {
    this.inside += count;
    this.arrivals.add(now, count);
  }

  settle(now: number, outcome: 'ok' | ErrorKind, count = 1): void {
    this.inside -= count;
    if (outcome === 'ok') {
      this.completed.add(now, count);
      return;
    }
    if (now >= this.window.from) this.kinds[outcome] += count;
    (outcome === 'throttled' ? this.throttles : this.errors).add(now, count);
  }

  /** Called once, when the counted window begins. */
  startWindow(): void {
    this.insideAtStart = this.inside;
  }

  scaled(at: number, from: number, to: number, reason: string): void {
    if (at >= this.window.from && this.events.length < maxScalingEvents)
      this.events.push({ at, from, to, reason });
  }

  totals(more: Partial<NodeTotals> = {}): NodeTotals {
    const errors: Errors = { ...this.kinds };
    return {
      arrivals: this.arrivals.total,
      completed: this.completed.total,
      inFlightAtStart: this.insideAtStart,
      inFlightAtEnd: this.inside,
      errors,
      ...more,
    };
  }

  /** The result row with the series this kind of node has. */
  result(
    node: { readonly id: string; readonly kind: string },
    shows: readonly (keyof NodeSeries)[],
    totals: Partial<NodeTotals>,
  ): NodeResult {
    const end = this.window.to;
    const busy = this.busy.averages(end);
    const slots = this.slots.averages(end);
    const make: Record<keyof NodeSeries, () => number[]> = {
      arrivals: () => Array.from(this.arrivals.buckets),
      completed: () => Array.from(this.completed.buckets),
      backlog: () => this.backlog.averages(end),
      oldestAge: () => Array.from(this.oldest.buckets),
      running: () => this.running.averages(end),
      starting: () => this.starting.averages(end),
      desired: () => this.desired.averages(end),
      utilisation: () => busy.map((value, i) => share(value, slots[i] ?? 0)),
      busy: () => busy,
      throttles: () => Array.from(this.throttles.buckets),
      errors: () => Array.from(this.errors.buckets),
      coldStarts: () => Array.from(this.coldStarts.buckets),
      redeliveries: () => Array.from(this.redeliveries.buckets),
    };
    const series: Partial<Record<keyof NodeSeries, readonly number[]>> = {};
    for (const name of shows) series[name] = make[name]();
    return {
      id: node.id,
      kind: node.kind,
      times: bucketTimes(this.window),
      series,
      totals: this.totals(totals),
      peak: {
        ...(series.utilisation && { utilisation: Math.max(...series.utilisation) }),
        ...(series.backlog && { backlog: this.backlog.peak }),
        ...(series.oldestAge && { oldestAge: this.oldest.peak }),
        ...(series.running && { running: this.running.peak }),
        ...(series.busy && { busy: this.busy.peak }),
      },
      ...(series.desired && { scaling: this.events }),
    };
  }
}

const share = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);

/** The series each kind of node shows, in both modes. */
export const shownSeries = {
  api: ['arrivals', 'completed', 'busy', 'throttles', 'errors'],
  function: [
    'arrivals',
    'completed',
    'busy',
    'running',
    'utilisation',
    'throttles',
    'errors',
    'coldStarts',
    'backlog',
  ],
  queue: ['arrivals', 'completed', 'backlog', 'busy', 'oldestAge', 'errors', 'redeliveries'],
  poller: ['arrivals', 'completed', 'busy', 'running', 'utilisation', 'throttles', 'errors'],
  pool: [
    'arrivals',
    'completed',
    'backlog',
    'oldestAge',
    'busy',
    'running',
    'starting',
    'desired',
    'utilisation',
    'throttles',
    'errors',
  ],
  database: ['arrivals', 'completed', 'backlog', 'busy', 'running', 'utilisation', 'throttles', 'errors'],
} as const satisfies Record<string, readonly (keyof NodeSeries)[]>;
