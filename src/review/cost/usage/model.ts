/** How much an app is used: what the usage file says, once read and matched to resources. Types only. */
import type { Points } from '../amount.ts';
import type { Uses } from '../report.ts';

/** A number: so much every month whatever the use. Points: at low, expected and high use. Per use: proportional. */
export type Answer =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'points'; readonly points: Points }
  | { readonly kind: 'per-use'; readonly perUse: number; readonly fixed: number };

export interface Usage {
  readonly uses: Uses;
  /** Whether the file states the uses, or they are ours. */
  readonly usesStated: boolean;
  /** By resource id, then by question. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Answer>>;
}

export interface UsageProblem {
  /** From 1; absent when it is not about a place in the text. */
  readonly line?: number;
  readonly message: string;
  readonly fix?: string;
}

export type ReadUsage =
  | { readonly usage: Usage; readonly problems?: undefined }
  | { readonly usage?: undefined; readonly problems: readonly UsageProblem[] };

/** Taken when no usage file is given. */
export const assumedUses: Uses = { unit: 'use', low: 1_000, expected: 10_000, high: 100_000 };

export const noUsage: Usage = { uses: assumedUses, usesStated: false, answers: new Map() };
