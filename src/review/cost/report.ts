/**
 * What a cost review says: priced lines, free resources, and by name what has no price. Types only, plain JSON.
 * Every `usd` is US dollars a month of 730 hours, summed exactly and only here turned into a number; unrounded.
 */

import type { NotUnderstood, ResourceRef } from '../../architecture/app/model.ts';
import type { FreeKind, FreePolicy, Verified } from './prices/index.ts';

/** rest: nobody uses it. low, expected, high: the three numbers of uses a month that are stated. */
export const levels = ['rest', 'low', 'expected', 'high'] as const;
export type Level = (typeof levels)[number];
export type Levels = Readonly<Record<Level, number>>;

export interface Uses {
  /** One use of the app in the reader's word, singular: 'plan', 'chat message', 'use'. */
  readonly unit: string;
  /** Per month. */
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export interface TierStep {
  /** Units that fell in this tier at the expected level, without the free tier. */
  readonly quantity: number;
  /** Decimal text, for `per` units. */
  readonly usdPer: string;
  readonly usd: number;
  /** From 1. */
  readonly tier: number;
  readonly of: number;
}

export interface LineFree {
  /** The month's allowance, in the line's units; of the account unless the kind or the price's scope says otherwise. */
  readonly allowance: number;
  readonly kind: FreeKind;
  /** Units of this line that it covers at each level. Lines use a shared allowance up in the order of the template. */
  readonly used: Levels;
  readonly source: string;
  readonly date: string;
  readonly verified: Verified;
}

/** One resource × one price row. */
export interface CostLine {
  /** `<resource id>|<price id>`, with `|<part>` where a resource has several lines of one row. Same over revisions. */
  readonly fingerprint: string;
  readonly resource: ResourceRef;
  /** The resource's tags. */
  readonly tags: Readonly<Record<string, string>>;
  readonly region: string;
  /** Row of the price table: 'lambda.requests'. */
  readonly price: string;
  /** AWS's name: 'AWS Lambda'. */
  readonly service: string;
  /** What is billed: 'Requests'; with the part it is for, when the resource has several. */
  readonly what: string;
  /** Billing unit in words, singular: 'request', 'GB-month'. */
  readonly unit: string;
  /** Prices are for this many units. */
  readonly per: number;
  /** Units a month, free ones included. */
  readonly quantity: Levels;
  readonly usd: Levels;
  /** What it would cost if other apps of the account had used up every allowance. */
  readonly usdWithoutFree: Levels;
  readonly free?: LineFree;
  /** How the expected quantity came about: '6 requests per plan × 1,000 plans'. */
  readonly formula: string;
  /** Tiers at the expected level without the free tier, cheapest to explain first. */
  readonly steps: readonly TierStep[];
  readonly source: string;
  /** YYYY-MM-DD the price was read. */
  readonly date: string;
  readonly verified: Verified;
  /** What a reader should know of the price or the quantity. */
  readonly note?: string;
}

export interface FreeResource {
  readonly resource: ResourceRef;
  /** 'IAM is offered at no charge'. */
  readonly why: string;
  readonly source: string;
}

/** Never counted as zero: what is listed here is missing from every total. */
export interface NotPricedEntry {
  readonly resource: ResourceRef;
  /** The dimension, such as 'Spot capacity'; 'everything' when the type is not known. */
  readonly what: string;
  readonly because: string;
  readonly kind: 'unknown-type' | 'no-price' | 'unresolved';
  /** How much of it is expected, where that is known: '2 GB per plan × 1,000 plans'. */
  readonly quantity?: string;
}

export interface CostAssumption {
  /** Absent for what concerns the whole app. */
  readonly resource?: ResourceRef;
  /** What was asked and not answered, or what was taken as given. */
  readonly what: string;
  /** The value taken, with its unit. */
  readonly value: string;
  readonly because: string;
  /** The key to write under usage.resources to replace it; absent when no answer could. */
  readonly answer?: string;
  /** derived: follows from the template and other answers. assumed: a number of ours. */
  readonly kind: 'derived' | 'assumed';
}

export interface Total {
  /** What is summed: a resource id, a block, a stack, a service, a tag's value. Untagged lines: ''. */
  readonly key: string;
  readonly usd: Levels;
  readonly usdWithoutFree: Levels;
  readonly lines: number;
}

/** Each grouping sums to `all`; sorted by expected cost without the free tier, dearest first. */
export interface Totals {
  readonly all: Levels;
  readonly allWithoutFree: Levels;
  readonly byResource: readonly Total[];
  readonly byBlock: readonly Total[];
  readonly byStack: readonly Total[];
  readonly byService: readonly Total[];
  /** By tag key: every key that any priced resource carries. */
  readonly byTag: Readonly<Record<string, readonly Total[]>>;
}

export interface CurvePoint {
  /** Uses a month. */
  readonly uses: number;
  readonly usd: number;
  readonly usdWithoutFree: number;
  /** By service, without the free tier; each point has every service. */
  readonly byService: Readonly<Record<string, number>>;
}

export interface CostReport {
  /** The app's name. */
  readonly name: string;
  readonly region: string;
  readonly prices: {
    readonly disclaimer: string;
    /** Dates of the prices used; absent when nothing is priced. */
    readonly oldest?: string;
    readonly newest?: string;
    /** Lines whose price is not from AWS or its price list. */
    readonly notFromAws: number;
    /** Which allowances were counted. */
    readonly free: FreePolicy;
  };
  readonly uses: Uses;
  /** In the order of the template. */
  readonly lines: readonly CostLine[];
  readonly free: readonly FreeResource[];
  readonly notPriced: readonly NotPricedEntry[];
  readonly totals: Totals;
  readonly perThousandUses: {
    /** Expected cost of a thousand uses more than expected. */
    readonly marginal: number;
    readonly marginalWithoutFree: number;
    /** (expected − rest) ÷ expected uses × 1,000. */
    readonly average: number;
    readonly averageWithoutFree: number;
  };
  /** From low ÷ 10 to high × 10 uses, evenly spaced on a log scale. */
  readonly curve: readonly CurvePoint[];
  readonly assumptions: readonly CostAssumption[];
  /** What of the template could not be read, so that something to pay for may be missing. */
  readonly notUnderstood: readonly NotUnderstood[];
}

/** A local run's meter, priced. */
export interface BillLine {
  /** The meter's service, such as 'sqs'. */
  readonly meter: string;
  /** Where it was used, when that is not the report's region. */
  readonly region?: string;
  /** The meter's dimensions that make up this line. */
  readonly usages: readonly string[];
  /** Name, id or ARN the meter recorded; absent for what the meter counts per service. */
  readonly resource?: string;
  /** The template's resource of that name, when an app was given and it has one. */
  readonly ref?: ResourceRef;
  readonly price: string;
  readonly service: string;
  readonly what: string;
  readonly unit: string;
  readonly per: number;
  /** In the run, and at this rate in a month. */
  readonly quantity: { readonly run: number; readonly month: number };
  readonly usd: { readonly run: number; readonly month: number };
  readonly usdWithoutFree: { readonly run: number; readonly month: number };
  /** Units an allowance covered. */
  readonly free: { readonly run: number; readonly month: number };
  readonly source: string;
  readonly date: string;
  readonly verified: Verified;
}

export interface BillNotPriced {
  readonly meter: string;
  readonly usage: string;
  readonly resource?: string;
  readonly quantity: number;
  readonly because: string;
}

export interface BillReport {
  readonly region: string;
  readonly prices: CostReport['prices'];
  /** How long the run took. */
  readonly hours: number;
  /** The factor from the run to a month, and how it was found; what is "a month" of too short a run says nothing. */
  readonly extrapolation: {
    readonly factor: number;
    readonly because: string;
    readonly isTooShort: boolean;
  };
  readonly lines: readonly BillLine[];
  readonly byService: readonly BillTotal[];
  readonly byResource: readonly BillTotal[];
  readonly total: { readonly run: number; readonly month: number };
  readonly totalWithoutFree: { readonly run: number; readonly month: number };
  /** Calls that AWS does not charge for. */
  readonly freeOfCharge: readonly { readonly meter: string; readonly usage: string; readonly why: string }[];
  readonly notPriced: readonly BillNotPriced[];
}

export interface BillTotal {
  readonly key: string;
  readonly usd: { readonly run: number; readonly month: number };
  readonly usdWithoutFree: { readonly run: number; readonly month: number };
}

/** The difference of two reports. */
export interface LineChange {
  readonly fingerprint: string;
  readonly resource: ResourceRef;
  readonly price: string;
  readonly service: string;
  readonly what: string;
  readonly unit: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** At the expected level. */
  readonly quantity: Change;
  readonly usd: Change;
  readonly usdWithoutFree: Change;
}

export interface Change {
  readonly before: number;
  readonly after: number;
}

export interface LevelsChange {
  readonly before: Levels;
  readonly after: Levels;
  readonly difference: Levels;
}

export interface GroupChange {
  readonly key: string;
  readonly usd: Change;
  readonly usdWithoutFree: Change;
}

export interface CostComparison {
  readonly before: string;
  readonly after: string;
  /** Dearest change first; lines that stayed the same are left out. */
  readonly lines: readonly LineChange[];
  readonly totals: LevelsChange;
  readonly totalsWithoutFree: LevelsChange;
  readonly byService: readonly GroupChange[];
  readonly byBlock: readonly GroupChange[];
  /** What has no price now and had not been listed before, and the reverse. */
  readonly notPriced: {
    readonly added: readonly NotPricedEntry[];
    readonly removed: readonly NotPricedEntry[];
  };
}

export interface BudgetVerdict {
  readonly level: Level;
  readonly usd: number;
  readonly usdWithoutFree: number;
  /** Which of the two is judged. */
  readonly judged: 'usd' | 'usdWithoutFree';
  readonly budgetUsd: number;
  /** cannot-tell: under the budget as far as it is priced, but something is not. */
  readonly verdict: 'pass' | 'over' | 'cannot-tell';
  readonly because: string;
}
