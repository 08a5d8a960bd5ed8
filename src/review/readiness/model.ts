/** What an item of the list is asked with, and what it answers. */

import type { Architecture, Evidence, Resource } from '../../architecture/index.ts';
import type { Finding, RuleResult } from '../finding.ts';
import type { RecoveryReport } from '../recovery/report.ts';
import type { LocalRun } from './local-run.ts';
import type { ReadinessAnswer, ReadinessArea, ReadinessItem } from './report.ts';

export interface ReadinessInputs {
  readonly app: Architecture;
  /** From the recovery section; items that follow from it cannot be told without. */
  readonly recovery?: Pick<RecoveryReport, 'rules' | 'whole' | 'targets' | 'singlePoints'>;
  /** Findings of the security section, with acknowledgements. Absent: it was not run. */
  readonly security?: readonly Finding[];
  /** The capacity section's verdict on the stated objective. */
  readonly capacity?: { readonly met: boolean; readonly because: string };
  /** The cost section's expected total. */
  readonly cost?: {
    readonly usdPerMonth: number;
    readonly usdPerMonthWithoutFree: number;
    readonly notPriced: readonly string[];
  };
  /** What was measured on this machine. */
  readonly localRun?: LocalRun;
}

export interface Check {
  readonly answer: ReadinessAnswer;
  readonly from: ReadinessItem['from'];
  readonly because: string;
  readonly evidence: readonly Evidence[];
  readonly resources: readonly Resource[];
}

export interface ItemText {
  readonly id: string;
  readonly area: ReadinessArea;
  readonly question: string;
  /** What to do when the answer is not yes; for a person, what a good answer holds. */
  readonly next: string;
  /** Whether the launch waits for a yes. Default: false. */
  readonly blocks?: boolean;
  readonly reference: string;
}

export interface Item extends ItemText {
  check(inputs: ReadinessInputs): Check;
}

export type { RuleResult };
