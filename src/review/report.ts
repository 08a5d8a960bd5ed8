/** The whole review, as plain JSON: what `--format json` prints and every other form is drawn from. */

import type { Assumption, NotUnderstood } from '../architecture/app/model.ts';
import type { CapacityReport } from './capacity/report.ts';
import type { CostReport } from './cost/report.ts';
import type { Diagram } from './diagram/model.ts';
import type { Finding } from './finding.ts';
import type { ReadinessReport } from './readiness/report.ts';
import type { RecoveryReport } from './recovery/report.ts';
import type { SecurityReport } from './security/report.ts';

export type Section = 'cost' | 'security' | 'capacity' | 'recovery' | 'readiness';

export interface ReviewReport {
  /** Changes when a field changes its meaning or goes away. */
  readonly version: 1;
  readonly app: {
    readonly name: string;
    readonly region: string;
    readonly stacks: readonly { readonly name: string; readonly resources: number }[];
    readonly resources: number;
  };
  readonly diagram: Diagram;
  /** Absent when the section was not asked for, or failed (see `failures`). */
  readonly cost?: CostReport;
  readonly security?: SecurityReport;
  readonly capacity?: CapacityReport;
  readonly recovery?: RecoveryReport;
  readonly readiness?: ReadinessReport;
  /** Of acknowledgements themselves: expired, without effect, malformed. */
  readonly acknowledgements: readonly Finding[];
  readonly gates: readonly Gate[];
  readonly assumptions: readonly Assumption[];
  readonly notUnderstood: readonly NotUnderstood[];
  /** Sections that failed through a bug of ours; the others are whole. */
  readonly failures: readonly { readonly section: Section | 'diagram'; readonly error: string }[];
  /** Wall time of each section in ms. Left out of goldens. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

export interface Gate {
  readonly gate: 'findings' | 'budget' | 'not-priced' | 'objectives' | 'recovery' | 'readiness';
  readonly verdict: 'passed' | 'failed' | 'cannot-tell';
  /** One sentence with the figures. */
  readonly because: string;
}

/** Every finding of every section. */
export const allFindings = (report: ReviewReport): readonly Finding[] => [
  ...[report.security?.results, report.capacity?.rules, report.recovery?.rules].flatMap(
    (results) => results?.flatMap((result) => result.findings) ?? [],
  ),
  ...report.acknowledgements,
];
