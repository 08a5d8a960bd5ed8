/**
 * Queueing formulas of the flow mode. Waiting: Erlang C with the Allen-Cunneen correction (1 + scv)/2 for other than
 * exponential service; above 500 servers its limit by Halfin and Whitt. Loss: Erlang B. Environments: the levels of a
 * Poisson-distributed occupancy, each kept warm for a while after its last use.
 */

/** Probability that all of `servers` are busy and a request is lost, at `load` = rate × time. */
export function erlangB(load: number, servers: number): number {
  if (servers <= 0) return 1;
  if (load <= 0) return 0;
  const whole = Math.floor(servers);
  let inverse = 1;
  for (let k = 1; k <= whole; k++) {
    inverse = 1 + (inverse * k) / load;
    // Far below the limit the loss is nil; going on would only overflow.
    if (inverse > 1e12) return 0;
  }
  return 1 / inverse;
}

/** Probability of having to wait, at utilisation `rho` below 1. */
function erlangC(rho: number, servers: number): number {
  if (rho <= 0) return 0;
  if (servers > 500) return halfinWhitt(rho, servers);
  const blocked = erlangB(rho * servers, servers);
  return blocked / (1 - rho * (1 - blocked));
}

function halfinWhitt(rho: number, servers: number): number {
  const beta = (1 - rho) * Math.sqrt(servers);
  if (beta > 8) return 0;
  const density = Math.exp((-beta * beta) / 2) / Math.sqrt(2 * Math.PI);
  return 1 / (1 + (beta * normal(beta)) / density);
}

/** Standard normal distribution function; Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}

const steps = 160;
/** The highest utilisation in a table; above it a line grows like a fluid. */
export const highest = 0.9999;

/** Number in the system, and probability of waiting, over utilisation for a number of servers. */
export interface LineTable {
  readonly rho: Float64Array;
  readonly inside: Float64Array;
  readonly waits: Float64Array;
}

export function lineTable(servers: number, scv: number): LineTable {
  const rho = new Float64Array(steps + 1);
  const inside = new Float64Array(steps + 1);
  const waits = new Float64Array(steps + 1);
  for (let i = 0; i <= steps; i++) {
    // Finer towards 1, where the line grows.
    const r = 1 - (1 - highest) ** (i / steps);
    rho[i] = r;
    const c = erlangC(r, servers);
    waits[i] = c;
    inside[i] = servers * r + ((c * r) / (1 - r)) * ((1 + scv) / 2);
  }
  return { rho, inside, waits };
}

/** The place of `value` in a rising function of the table's index, as index and fraction. */
export function locate(value: number, valueAt: (index: number) => number): number {
  let low = 0;
  let high = steps;
  if (value <= valueAt(0)) return 0;
  if (value >= valueAt(steps)) return steps;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) <= value) low = middle;
    else high = middle;
  }
  const from = valueAt(low);
  const to = valueAt(high);
  return low + (to > from ? (value - from) / (to - from) : 0);
}

export function interpolate(values: Float64Array, place: number): number {
  const low = Math.floor(place);
  const from = values[low] ?? 0;
  return from + ((values[low + 1] ?? from) - from) * (place - low);
}

export interface WarmLevels {
  /** Environments that exist. */
  readonly alive: number;
  /** Cold starts per second. */
  readonly coldRate: number;
}

/**
 * Environment k is taken by an arrival that finds k - 1 busy; its idle time is close to exponential with that rate
 * given that it is idle, and it is cold when that time exceeds `keepWarm`. Levels up to `provisioned` are never cold.
 */
export function warmLevels(rate: number, time: number, keepWarm: number, provisioned: number): WarmLevels {
  const load = rate * time;
  if (rate <= 0) return { alive: provisioned, coldRate: 0 };
  const low = Math.max(0, Math.floor(load - 8 * Math.sqrt(load)));
  const high = Math.ceil(load + 10 * Math.sqrt(load) + 12);
  // Poisson weights from the mode outwards, normalised at the end: no factorials.
  const mode = Math.floor(load);
  const weights = new Float64Array(high - low + 1);
  weights[mode - low] = 1;
  for (let k = mode + 1; k <= high; k++) weights[k - low] = ((weights[k - low - 1] ?? 0) * load) / k;
  for (let k = mode - 1; k >= low; k--) weights[k - low] = ((weights[k - low + 1] ?? 0) * (k + 1)) / load;
  let sum = 0;
  for (const weight of weights) sum += weight;
  let alive = low;
  let coldRate = 0;
  let below = 0;
  for (let busy = low; busy <= high; busy++) {
    const weight = (weights[busy - low] ?? 0) / sum;
    below += weight;
    const taken = rate * weight;
    const missed = Math.exp((-taken / below) * keepWarm);
    alive += 1 - missed;
    if (busy >= provisioned) coldRate += taken * missed;
  }
  return { alive: Math.max(alive, provisioned), coldRate };
}
