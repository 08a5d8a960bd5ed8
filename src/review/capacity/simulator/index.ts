export type * from './model.ts';

import { runExact } from './exact/run.ts';
import type { LoadProfile, SimulateOptions, SimulationOutcome, SystemModel } from './model.ts';
import { modelProblems } from './problems.ts';
import { num } from './quantity.ts';
import { RateCurve } from './rate-curve.ts';

export function simulate(
  model: SystemModel,
  profile: LoadProfile,
  options: SimulateOptions = {},
): SimulationOutcome {
  const problems = modelProblems(model, profile);
  if (problems.length > 0) return { ok: false, problems };
  const seed = options.seed ?? 1;
  const to = num(profile.duration);
  const window = { from: num(profile.warmUp, 0), to, points: Math.min(288, options.points ?? 288) };
  const curves = profile.entries.map((entry) => new RateCurve(entry.rate, to));
  const { entries, nodes } = runExact(model, profile, curves, window, seed);
  return {
    ok: true,
    result: { mode: 'exact', modeReason: '', seed, from: window.from, to, entries, nodes, notes: [] },
  };
}
