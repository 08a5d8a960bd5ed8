/** What every answer starts from: the model, the load, and a simulator that counts how often it ran. */
import type { Load } from '../load/index.ts';
import { meanOf, scaleRate } from '../load/rate.ts';
import type { TemplateModel } from '../model/build.ts';
import type { PricePort } from '../report.ts';
import { simulate } from '../simulator/index.ts';
import type { LoadProfile, SimulationOutcome, SystemModel } from '../simulator/model.ts';

export interface Study {
  readonly model: TemplateModel;
  readonly load: Load;
  readonly region: string;
  readonly price: PricePort;
  readonly seed: number;
  /** The profile times `factor` (default 1), on the template's system or a changed one. */
  readonly run: (options?: { readonly system?: SystemModel; readonly factor?: number }) => SimulationOutcome;
  readonly simulations: () => number;
  /** About how long a run takes, in seconds of one core: counted, not measured, so that answers stay the same. */
  readonly effort: (factor: number) => number;
}

/**
 * Above so many expected requests flow mode is taken: a study is dozens of runs, and the exact mode takes microseconds
 * per request and node.
 */
const exactUpTo = 100_000;

/** Measured on room-detection: an exact run by its requests, one in flow mode by its nodes. */
const secondsPerRequest = 20e-6;
const secondsPerNode = 0.2;

export function studyOf(parts: Omit<Study, 'run' | 'simulations' | 'effort'>): Study {
  let count = 0;
  const known = new Map<string, SimulationOutcome>();
  return {
    ...parts,
    run: ({ system = parts.model.system, factor = 1 } = {}) => {
      const own = system === parts.model.system ? String(factor) : undefined;
      const earlier = own === undefined ? undefined : known.get(own);
      if (earlier !== undefined) return earlier;
      count += 1;
      const profile = profileOf(parts.model, parts.load, factor);
      const mode = expectedRequests(parts.load, factor) > exactUpTo ? 'flow' : 'exact';
      const outcome = simulate(system, profile, { seed: parts.seed, mode, points: 96 });
      if (own !== undefined) known.set(own, outcome);
      return outcome;
    },
    simulations: () => count,
    effort(factor) {
      const requests = expectedRequests(parts.load, factor);
      return requests > exactUpTo
        ? secondsPerNode * parts.model.system.nodes.length
        : secondsPerRequest * requests;
    },
  };
}

function profileOf(model: TemplateModel, load: Load, factor: number): LoadProfile {
  return {
    duration: load.duration,
    warmUp: load.warmUp,
    entries: load.arrivals.flatMap((arrivals) => {
      const entry = model.entries.find(({ id }) => id === arrivals.entry);
      if (entry === undefined) return [];
      return [
        {
          id: entry.id,
          to: entry.to,
          rate: scaleRate(arrivals.rate, factor),
          ...(entry.route === undefined ? {} : { route: entry.route }),
          ...(entry.how === undefined ? {} : { how: entry.how }),
          ...(arrivals.how === undefined ? {} : { arrivals: arrivals.how }),
          ...(arrivals.retry === undefined ? {} : { retry: arrivals.retry }),
          ...(arrivals.timeout === undefined ? {} : { timeout: arrivals.timeout }),
        },
      ];
    }),
  };
}

export const expectedRequests = (load: Load, factor: number): number =>
  load.arrivals.reduce((sum, { rate }) => sum + factor * meanOf(rate, load.duration) * load.duration, 0);
