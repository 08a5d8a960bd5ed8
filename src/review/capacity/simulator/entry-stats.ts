/** What became of the requests of one load entry, the same in both modes. */

import { Histogram } from './histogram.ts';
import type { EntryResult, ErrorKind } from './model.ts';
import { noErrors } from './station-stats.ts';

export class EntryStats {
  arrivals = 0;
  attempts = 0;
  completed = 0;
  inFlight = 0;
  readonly errors = noErrors();
  readonly response = new Histogram();
  readonly done = new Histogram();

  settle(failure: ErrorKind | undefined, seconds: number, weight = 1): void {
    this.inFlight -= weight;
    if (failure) this.errors[failure] += weight;
    else {
      this.completed += weight;
      this.done.add(seconds, weight);
    }
  }

  result(id: string, to: string): EntryResult {
    return {
      id,
      to,
      arrivals: this.arrivals,
      attempts: this.attempts,
      completed: this.completed,
      errors: { ...this.errors },
      inFlight: this.inFlight,
      response: this.response.summary(),
      done: this.done.summary(),
      responseCurve: this.response.curve(),
      doneCurve: this.done.curve(),
    };
  }
}
