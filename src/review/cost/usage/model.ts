/** How much an app is used: the `usage` part of the review file, once read and matched to resources. Types only. */
import type { Points } from '../amount.ts';
import type { Uses } from '../report.ts';

/** A number: so much every month whatever the use. Points: at low, expected and high use. Per use: proportional. */
export type Answer =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'points'; readonly points: Points }
  | { readonly kind: 'per-use'; readonly perUse: number; readonly fixed: number };

export interface Usage {
  readonly uses: Uses;
  /** Whether somebody stated the uses, or they are assumed. */
  readonly usesStated: boolean;
  /** By resource id, then by question. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Answer>>;
}

/** Taken when nobody states them. */
export const assumedUses: Uses = { unit: 'use', low: 1_000, expected: 10_000, high: 100_000 };

export const noUsage: Usage = { uses: assumedUses, usesStated: false, answers: new Map() };
