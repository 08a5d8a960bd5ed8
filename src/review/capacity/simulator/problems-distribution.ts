/** Faults of distributions other than negative and infinite numbers. */
import type { Distribution } from './model.ts';
import type { Report } from './problems-checks.ts';
import { num } from './quantity.ts';

export function distributionProblems(distribution: Distribution, field: string, report: Report): void {
  switch (distribution.kind) {
    case 'constant':
    case 'exponential':
      return;
    case 'lognormal':
      if (num(distribution.p50) <= 0) report(`${field}.p50`, 'must be greater than 0');
      else if (num(distribution.p95) < num(distribution.p50)) report(`${field}.p95`, 'must not be below p50');
      return;
    case 'gamma':
      if (num(distribution.shape) <= 0) report(`${field}.shape`, 'must be greater than 0');
      return;
    case 'uniform':
      if (num(distribution.max) < num(distribution.min)) report(`${field}.max`, 'must not be below min');
      return;
    case 'samples':
      if (distribution.values.length === 0) report(`${field}.values`, 'must not be empty');
      return;
    case 'quantiles': {
      const { points } = distribution;
      const rising = points.every(([p, v], i) => {
        const [p0, v0] = points[i - 1] ?? [-1, 0];
        return p > p0 && v >= v0;
      });
      if (points.length < 2 || points[0]?.[0] !== 0 || points[points.length - 1]?.[0] !== 1 || !rising)
        report(`${field}.points`, 'must rise from probability 0 to 1');
      return;
    }
    case 'mixture':
      if (distribution.parts.reduce((sum, part) => sum + num(part.weight), 0) <= 0)
        report(`${field}.parts`, 'must have a weight above 0');
      for (const [i, part] of distribution.parts.entries())
        distributionProblems(part.of, `${field}.parts[${i}].of`, report);
      return;
  }
}
