/**
 * Calculates the load at which a node reaches its limit when nothing fails. The search for the breaking point starts
 * there; the simulation decides, because the calculation leaves out waiting, scaling, retries and cold starts.
 */
import type { Load } from '../load/index.ts';
import { peakOf } from '../load/rate.ts';
import type { TemplateModel } from '../model/build.ts';
import { callsIn, receiversIn } from '../model/graph.ts';
import type { Distribution, SystemNode } from '../simulator/model.ts';
import { num } from '../simulator/quantity.ts';

function meanTime(of: Distribution): number {
  switch (of.kind) {
    case 'constant':
      return num(of.value, 0);
    case 'exponential':
    case 'gamma':
      return num(of.mean, 0);
    case 'lognormal': {
      // 1.645 is the normal distribution's 95th percentile.
      const sigma = Math.log(num(of.p95, 1) / num(of.p50, 1)) / 1.645;
      return num(of.p50, 0) * Math.exp((sigma * sigma) / 2);
    }
    case 'uniform':
      return (num(of.min, 0) + num(of.max, 0)) / 2;
    case 'samples':
      return of.values.reduce((sum, value) => sum + value, 0) / Math.max(of.values.length, 1);
    case 'quantiles':
      return of.points.slice(1).reduce((sum, [share, value], index) => {
        const [before, low] = of.points[index] ?? [share, value];
        return sum + (share - before) * ((value + low) / 2);
      }, 0);
    case 'mixture': {
      const weights = of.parts.reduce((sum, { weight }) => sum + num(weight, 0), 0);
      return of.parts.reduce((sum, part) => sum + (num(part.weight, 0) / weights) * meanTime(part.of), 0);
    }
  }
}

interface Limit {
  readonly node: string;
  /** Multiple of the profile at which its peak reaches the limit. */
  readonly factor: number;
  /** `10 tasks × 1 at once / 1.25 s = 8 a second` */
  readonly text: string;
}

/** The lowest limit of the system; undefined when no node has one. */
export function lowestLimit(model: TemplateModel, load: Load): Limit | undefined {
  const byId = new Map(model.system.nodes.map((node) => [node.id, node]));
  const arrivals = new Map<string, number>();
  const addArrivals = (id: string, route: string | undefined, rate: number, depth: number): void => {
    const node = byId.get(id);
    if (node === undefined || rate <= 0 || depth > 40) return;
    arrivals.set(id, (arrivals.get(id) ?? 0) + rate);
    if (route !== undefined) arrivals.set(`${id} ${route}`, (arrivals.get(`${id} ${route}`) ?? 0) + rate);
    for (const call of callsIn(node, route))
      addArrivals(call.to, undefined, rate * num(call.probability, 1) * num(call.times, 1), depth + 1);
    for (const receiver of receiversIn(model.system.nodes, id))
      addArrivals(receiver, undefined, rate, depth + 1);
  };
  for (const { entry, rate } of load.arrivals) {
    const found = model.entries.find(({ id }) => id === entry);
    if (found !== undefined) addArrivals(found.to, found.route, peakOf(rate, load.duration), 0);
  }
  const time = (id: string, depth = 0): number => {
    const node = byId.get(id);
    if (node === undefined || depth > 20) return 0;
    const own =
      node.kind === 'database' ? meanTime(node.query) : 'service' in node ? meanTime(node.service) : 0;
    return callsIn(node).reduce((sum, call) => {
      const waits = call.how !== 'send' && byId.get(call.to)?.kind !== 'queue';
      return sum + (waits ? num(call.probability, 1) * num(call.times, 1) * time(call.to, depth + 1) : 0);
    }, own);
  };
  const limits = model.system.nodes.flatMap((node) => {
    const label = node.label ?? node.id;
    return limitsOf(node, time(node.id)).flatMap(({ rate, route, text }): Limit[] => {
      const come = arrivals.get(route === undefined ? node.id : `${node.id} ${route}`);
      return come === undefined || !(rate > 0)
        ? []
        : [{ node: node.id, factor: rate / come, text: `${label}: ${text}` }];
    });
  });
  const unreserved = model.system.nodes.filter(
    (node) => node.kind === 'function' && node.reservedConcurrency === undefined,
  );
  const busy = unreserved.reduce((sum, { id }) => sum + (arrivals.get(id) ?? 0) * time(id), 0);
  const account = num(model.system.account?.concurrency, 1_000);
  const [first] = unreserved;
  if (busy > 0 && first !== undefined)
    limits.push({
      node: first.id,
      factor: account / busy,
      text: `all functions together: ${round(busy)} of the account's ${account} environments at the stated load`,
    });
  return limits.sort((a, b) => a.factor - b.factor)[0];
}

function limitsOf(node: SystemNode, seconds: number): { rate: number; route?: string; text: string }[] {
  switch (node.kind) {
    case 'api':
      return node.routes.flatMap(({ name, throttle }) =>
        throttle === undefined
          ? []
          : [
              {
                rate: num(throttle.rate, 0),
                route: name,
                text: `${name} is throttled at ${num(throttle.rate, 0)} a second`,
              },
            ],
      );
    case 'workers':
    case 'endpoint': {
      const [tasks, each] = [num(node.max, 1), num(node.concurrency, 1)];
      const rate = (tasks * each) / Math.max(seconds, 1e-6);
      return [{ rate, text: `${tasks} × ${each} at once / ${round(seconds)} s = ${round(rate)} a second` }];
    }
    case 'function': {
      if (node.reservedConcurrency === undefined) return [];
      const reserved = num(node.reservedConcurrency, 1);
      const rate = reserved / Math.max(seconds, 1e-6);
      return [{ rate, text: `${reserved} environments / ${round(seconds)} s = ${round(rate)} a second` }];
    }
    case 'database': {
      const throttle =
        node.throttle === undefined
          ? []
          : [
              {
                rate: num(node.throttle.rate, 0),
                text: `throttled at ${round(num(node.throttle.rate, 0))} a second`,
              },
            ];
      const parallel =
        node.parallelism === undefined
          ? []
          : [
              {
                rate: num(node.parallelism, 1) / Math.max(seconds, 1e-6),
                text: `${num(node.parallelism, 1)} queries at once / ${round(seconds)} s`,
              },
            ];
      return [...throttle, ...parallel];
    }
    default:
      return [];
  }
}

const round = (value: number): string => String(Number(value.toPrecision(3)));
