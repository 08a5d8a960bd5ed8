/** Faults of a load profile. */
import type { LoadProfile, Rate, SystemNode } from './model.ts';
import { numberProblems, positive, type Report, takesProblems } from './problems-checks.ts';
import { num } from './quantity.ts';

export function profileProblems(
  profile: LoadProfile,
  nodes: ReadonlyMap<string, SystemNode>,
  report: Report,
): void {
  numberProblems(profile, 'profile', report);
  positive(profile.duration, 'profile.duration', report);
  if (num(profile.warmUp, 0) >= num(profile.duration))
    report('profile.warmUp', 'must be shorter than the duration');
  if (profile.entries.length === 0) report('profile.entries', 'must not be empty');
  const seen = new Set<string>();
  for (const [i, entry] of profile.entries.entries()) {
    const field = `profile.entries[${i}]`;
    if (seen.has(entry.id)) report(`${field}.id`, `is used twice: ${entry.id}`);
    seen.add(entry.id);
    const target = nodes.get(entry.to);
    if (!target) report(`${field}.to`, `names no node: ${entry.to}`);
    else if (target.kind === 'poller') report(`${field}.to`, 'a poller takes no requests');
    takesProblems(target, entry.how, field, report);
    if (
      entry.route !== undefined &&
      target?.kind === 'api' &&
      !target.routes.some((route) => route.name === entry.route)
    )
      report(`${field}.route`, `names no route of ${entry.to}: ${entry.route}`);
    positive(entry.retry?.attempts, `${field}.retry.attempts`, report);
    positive(entry.timeout, `${field}.timeout`, report);
    rateProblems(entry.rate, `${field}.rate`, report);
  }
}

function rateProblems(rate: Rate, field: string, report: Report): void {
  switch (rate.kind) {
    case 'steady':
      return;
    case 'daily': {
      const ratio = num(rate.peakRatio);
      if (ratio < 1 || ratio > 2)
        report(
          `${field}.peakRatio`,
          `must be from 1 to 2 for a sine wave, got ${ratio}; use recorded instead`,
        );
      positive(rate.period, `${field}.period`, report);
      return;
    }
    case 'spike':
    case 'ramp':
      positive(rate.length, `${field}.length`, report);
      return;
    case 'recorded':
      if (rate.points.length === 0) report(`${field}.points`, 'must not be empty');
      if (rate.points.some(([t], i) => i > 0 && t < (rate.points[i - 1]?.[0] ?? 0)))
        report(`${field}.points`, 'must rise in time');
      return;
  }
}
