/**
 * The smallest change that meets the objectives: each of the catalogue alone, in rising sizes, then pairs. Every answer
 * was simulated with the change in place. Among those that are enough the cheapest wins, then the one with fewest parts.
 */

import { failuresOf } from '../answers/breaking.ts';
import type { Study } from '../answers/context.ts';
import { costOf } from '../answers/cost.ts';
import { objectivesOf } from '../answers/objectives.ts';
import type { ChangeAnswer, ObjectiveResult, PriceDifference } from '../report.ts';
import type { NodeResult, SimulationResult, SystemModel } from '../simulator/model.ts';
import type { SizedChange, Step } from './change.ts';
import { changeKinds } from './index.ts';

/** Simulations in all: the search stops there and says so. Those in flow mode take seconds each. */
const budgets = { exact: 70, flow: 24 };

interface Tried {
  readonly steps: readonly Step[];
  readonly result: SimulationResult;
  readonly failures: readonly string[];
  /** How far all missed objectives are off together; 0 when all are met. */
  readonly distance: number;
}

export function changeFor(study: Study, result: SimulationResult): ChangeAnswer {
  const failures = failuresOf(study, result);
  if (failures.length === 0)
    return { outcome: 'not-needed', because: 'every objective is met as the system stands' };
  const budget = budgets[result.mode];
  const before = study.simulations();
  const used = () => study.simulations() - before;
  const run = (steps: readonly Step[]): Tried | undefined => {
    if (used() >= budget) return undefined;
    const system = steps.reduce((model: SystemModel, { apply }) => apply(model), study.model.system);
    const outcome = study.run({ system });
    if (!outcome.ok) return undefined;
    return {
      steps,
      result: outcome.result,
      failures: failuresOf(study, outcome.result),
      distance: distanceOf(
        objectivesOf(study.model, study.load, outcome.result),
        failuresOf(study, outcome.result),
      ),
    };
  };
  const candidates = candidateChanges(study, result);
  if (candidates.length === 0)
    return {
      outcome: 'cannot-tell',
      because: 'no node of the model has anything in the catalogue that could be changed',
    };
  const enough: Tried[] = [];
  const ends: { sizedChange: SizedChange; tried: Tried }[] = [];
  for (const sizedChange of candidates) {
    const last = sizedChange.steps[sizedChange.steps.length - 1];
    const tried = last && run([last]);
    if (tried === undefined) continue;
    ends.push({ sizedChange, tried });
    if (tried.failures.length === 0) enough.push(smallest(sizedChange, tried, (step) => run([step])));
  }
  const start = distanceOf(objectivesOf(study.model, study.load, result), failures);
  if (enough.length === 0) {
    const helpful = ends
      .filter(({ tried }) => tried.distance < start)
      .sort((a, b) => a.tried.distance - b.tried.distance);
    enough.push(
      ...pairs(
        helpful.slice(0, 4).map(({ sizedChange }) => sizedChange),
        run,
      ),
    );
  }
  const best = cheapest(study, result, enough);
  if (best !== undefined)
    return {
      outcome: 'found',
      changes: best.tried.steps.map(({ change }) => change),
      price: best.price,
      objectives: objectivesOf(study.model, study.load, best.tried.result),
      simulations: used(),
    };
  const nearest = [...ends].sort((a, b) => a.tried.distance - b.tried.distance)[0]?.tried;
  const helps = nearest !== undefined && nearest.distance < start;
  return {
    outcome: 'not-found',
    because: `${used()} simulations of single changes and pairs did not meet: ${failures.join('; ')}`,
    ...(helps
      ? {
          best: {
            changes: nearest.steps.map(({ change }) => change),
            objectives: objectivesOf(study.model, study.load, nearest.result),
          },
        }
      : {}),
    simulations: used(),
  };
}

/** Bisects the sizes, on the assumption that a larger one is never worse. */
function smallest(sizedChange: SizedChange, last: Tried, run: (step: Step) => Tried | undefined): Tried {
  let best = last;
  let [low, high] = [-1, sizedChange.steps.length - 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const step = sizedChange.steps[middle];
    const tried = step && run(step);
    if (tried === undefined) break;
    if (tried.failures.length === 0) {
      best = tried;
      high = middle;
    } else low = middle;
  }
  return best;
}

/** Two candidates at their largest; where that is enough, the second is made small first, then the first. */
function pairs(
  candidates: readonly SizedChange[],
  run: (steps: readonly Step[]) => Tried | undefined,
): Tried[] {
  const found: Tried[] = [];
  for (const [index, a] of candidates.entries())
    for (const b of candidates.slice(index + 1)) {
      const [lastA, lastB] = [a.steps[a.steps.length - 1], b.steps[b.steps.length - 1]];
      if (lastA === undefined || lastB === undefined) continue;
      const both = run([lastA, lastB]);
      if (both === undefined || both.failures.length > 0) continue;
      const smallB = smallest(b, both, (step) => run([lastA, step]));
      const keptB = smallB.steps[1] ?? lastB;
      found.push(smallest(a, smallB, (step) => run([step, keptB])));
      return found;
    }
  return found;
}

function cheapest(study: Study, before: SimulationResult, tried: readonly Tried[]) {
  const priced = tried.map((one) => ({ tried: one, price: differenceOf(study, before, one) }));
  const usd = ({ price }: { price: PriceDifference }) => price.monthlyUsd ?? Number.POSITIVE_INFINITY;
  return priced.sort((a, b) => {
    // Less than a dollar a month apart is the same; the order of the catalogue, free things first, then decides.
    const difference = usd(a) - usd(b);
    return Number.isFinite(difference) && Math.abs(difference) < 1 ? 0 : difference || 0;
  })[0];
}

function differenceOf(study: Study, before: SimulationResult, { result, steps }: Tried): PriceDifference {
  const cost = (of: SimulationResult) =>
    costOf(study.model.app, study.model.built, of, study.region, study.price);
  const [was, is] = [cost(before), cost(result)];
  const touched = new Set(steps.map(({ change }) => change.resource.id));
  const unpriced = is.notPriced
    .filter(({ node }) => touched.has(study.model.built.get(node)?.resource.id ?? ''))
    .map(({ what, because }) => `${what}: ${because}`);
  const fixed = steps.flatMap(({ change }) => notInNodes[change.id] ?? []);
  const notPriced = [...unpriced, ...fixed];
  return { monthlyUsd: notPriced.length > 0 ? null : is.monthlyUsd - was.monthlyUsd, notPriced };
}

/** Changes whose price is not in what the nodes do. */
const notInNodes: Readonly<Record<string, string>> = {
  'add-rds-proxy': 'the proxy: priced by vCPU of the database in the cost review',
  'raise-max-connections': 'a larger instance class, if it is that',
  'raise-table-throughput': 'provisioned capacity: priced in the cost review',
};

/** Changes of the nodes with signs of trouble and of their consumers; of all nodes when none has such signs. */
function candidateChanges(study: Study, result: SimulationResult): readonly SizedChange[] {
  const suspects = result.nodes.filter(isSuspect).map(({ id }) => id);
  const ids = new Set(suspects.length === 0 ? result.nodes.map(({ id }) => id) : suspects);
  for (const node of study.model.system.nodes) {
    if (node.kind === 'poller' && (ids.has(node.queue) || ids.has(node.function)))
      ids.add(node.id).add(node.function).add(node.queue);
    if (
      node.kind === 'workers' &&
      node.takes.kind === 'messages' &&
      (ids.has(node.takes.queue) || ids.has(node.id))
    )
      ids.add(node.id).add(node.takes.queue);
  }
  return changeKinds
    .flatMap((kind) =>
      [...ids].flatMap((id) => {
        const built = study.model.built.get(id);
        return built === undefined ? [] : kind({ ...built, model: study.model, load: study.load });
      }),
    )
    .filter(({ steps }) => steps.length > 0);
}

const isSuspect = ({ peak, totals }: NodeResult): boolean =>
  (peak.utilisation ?? 0) > 0.7 ||
  (peak.oldestAge ?? 0) > 1 ||
  (totals.coldStarts ?? 0) > 0 ||
  (totals.redeliveries ?? 0) > 0 ||
  Object.values(totals.errors).some((count) => count > 0);

function distanceOf(objectives: readonly ObjectiveResult[], failures: readonly string[]): number {
  const missed = objectives.filter(({ verdict }) => verdict === 'missed');
  const far = missed.reduce(
    (sum, { value, limit }) => sum + Math.log1p(Math.max(0, (value ?? 0) - limit) / Math.max(limit, 0.01)),
    0,
  );
  return far + Math.max(0, failures.length - missed.length);
}
