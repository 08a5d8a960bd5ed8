/** What the readiness review says, as plain JSON: every item of the pre-launch list with its answer and its evidence. */

import type { Evidence } from '../../architecture/app/evidence.ts';
import type { ResourceRef } from '../../architecture/app/model.ts';

export const readinessAreas = ['security', 'monitoring', 'performance', 'backup', 'operations'] as const;
export type ReadinessArea = (typeof readinessAreas)[number];

/**
 * yes, no, partly: shown by the template, a local run or a person's kept answer. person: only a person can tell, and
 * none has. not-applicable: the app has nothing that the question is about. cannot-tell: the template leaves it open.
 */
export type ReadinessAnswer = 'yes' | 'no' | 'partly' | 'person' | 'not-applicable' | 'cannot-tell';

export interface ReadinessItem {
  readonly id: string;
  readonly area: ReadinessArea;
  readonly question: string;
  readonly answer: ReadinessAnswer;
  /** template: from resources; local-run: measured here; review: another section's result; person: the review file. */
  readonly from: 'template' | 'local-run' | 'review' | 'person' | 'nobody';
  /** One sentence: why this answer. */
  readonly because: string;
  /** What to do to turn it into a yes; empty when it is one. */
  readonly next: string;
  readonly evidence: readonly Evidence[];
  readonly resources: readonly ResourceRef[];
  /** True when an app should not be launched on any answer but yes or not-applicable. */
  readonly blocks: boolean;
  /** The page that the question follows from. */
  readonly reference: string;
  /** When a person answered. */
  readonly answered?: PersonAnswer;
  /** The person's answer contradicts what the template shows: the template counts, and this says so. */
  readonly conflict?: string;
}

export interface PersonAnswer {
  readonly answer: 'yes' | 'no' | 'partly' | 'not-applicable';
  readonly by: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly note: string;
  /** `YYYY-MM-DD`, the last day on which it counts. */
  readonly expires?: string;
  readonly state: 'valid' | 'expired';
}

export type AnswerCounts = Readonly<Record<ReadinessAnswer, number>>;

export interface AreaReport {
  readonly area: ReadinessArea;
  readonly counts: AnswerCounts;
}

export interface ReadinessReport {
  readonly areas: readonly AreaReport[];
  readonly counts: AnswerCounts;
  readonly items: readonly ReadinessItem[];
  /** Ids of items that stand between this app and its launch, `no` first, then `partly`, then what is unanswered. */
  readonly blocking: readonly string[];
  readonly ready: boolean;
}
