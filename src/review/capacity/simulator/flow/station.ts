/** What stations of the flow mode share: work in expectation, passed on slot by slot. */
import type { Station } from '../exact/context.ts';
import type { Call, NodeResult } from '../model.ts';
import { num } from '../quantity.ts';

export interface FlowStation extends Station {
  /** Adds requests, messages or asynchronous invocations to the slot under way. */
  readonly flow: (count: number, kind: 'wait' | 'send', route?: string) => void;
  /** Mean time until the answer, and the share of failures, for a request made now. */
  readonly latency: (route?: string) => number;
  readonly failing: (route?: string) => number;
  readonly step: (now: number, length: number) => void;
  readonly stats: { readonly startWindow: () => void };
  readonly result: () => NodeResult;
}

/** A list of calls in expectation: what passes on, how long it takes and how much fails. */
export class FlowCalls {
  readonly #calls: readonly Call[];
  readonly #stations: ReadonlyMap<string, FlowStation>;

  constructor(calls: readonly Call[] | undefined, stations: ReadonlyMap<string, FlowStation>) {
    this.#calls = calls ?? [];
    this.#stations = stations;
  }

  #sends(call: Call, station: FlowStation): boolean {
    return station.request === undefined || call.how === 'send';
  }

  /** Attempts per call, and the share that still fails after the last. */
  #tries(call: Call, station: FlowStation): { attempts: number; failing: number } {
    const failing = Math.min(1, station.failing());
    const attempts = call.retry ? num(call.retry.attempts) : 1;
    const failed = failing ** attempts;
    return { attempts: failing < 1 ? (1 - failed) / (1 - failing) : attempts, failing: failed };
  }

  push(count: number): void {
    let left = count;
    for (const call of this.#calls) {
      const station = this.#stations.get(call.to);
      if (!station) continue;
      const made = left * num(call.probability, 1) * num(call.times, 1);
      if (this.#sends(call, station)) {
        station.flow(made, 'send');
        continue;
      }
      const { attempts, failing } = this.#tries(call, station);
      station.flow(made * attempts, 'wait');
      if (call.onError !== 'ignore') left -= Math.min(left, made * failing);
    }
  }

  latency(): number {
    let sum = 0;
    for (const call of this.#calls) {
      const station = this.#stations.get(call.to);
      if (!station || this.#sends(call, station)) continue;
      const { attempts, failing } = this.#tries(call, station);
      const share = num(call.probability, 1) * num(call.times, 1);
      sum += share * attempts * station.latency();
      if (call.retry && attempts > 1) {
        const jitter = call.retry.jitter === 'none' ? 1 : 0.5;
        let wait = 0;
        for (let n = 1; n < num(call.retry.attempts); n++)
          wait += station.failing() ** n * Math.min(num(call.retry.cap), num(call.retry.base) * 2 ** (n - 1));
        sum += share * wait * jitter;
      }
      if (failing >= 1 && call.onError !== 'ignore') break;
    }
    return sum;
  }

  failing(): number {
    let well = 1;
    for (const call of this.#calls) {
      const station = this.#stations.get(call.to);
      if (!station || this.#sends(call, station) || call.onError === 'ignore') continue;
      const { failing } = this.#tries(call, station);
      well *= 1 - Math.min(1, num(call.probability, 1) * (1 - (1 - failing) ** num(call.times, 1)));
    }
    return 1 - well;
  }
}
