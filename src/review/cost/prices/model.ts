/**
 * The price table's form: one row per thing AWS bills, in AWS's own billing unit, with a price per region and, for
 * every number, where it was read and when. A row says how sure it is; a price nobody could source has no row.
 */

/** The region key of a price that is the same whatever region an app is in (CloudFront, Route 53, IAM). */
export const everywhere = 'global';

/** Billing months in AWS's own calculator and examples are 730 hours. */
export const hoursPerMonth = 730;

/**
 * aws: read on a page, document or blog of AWS's, or in one of its price files or a copy of it. aws-derived: computed from AWS's price list by
 * somebody else (Infracost's recorded tests, Karpenter's generated table). third-party: a page that is not AWS's.
 * unverified: from memory, sources disagree, or only partly read.
 */
export type Verified = 'aws' | 'aws-derived' | 'third-party' | 'unverified';

export interface Provenance {
  /** Where the number was read; begins with an address. */
  readonly source: string;
  /** The day it was read, or the day its source was last changed where that is known (YYYY-MM-DD). */
  readonly date: string;
  readonly verified: Verified;
}

export interface Tier {
  /** The tier ends at this many units (not `per`s) of the scope's total in the month; the last tier has no end. */
  readonly upTo?: number;
  /** Decimal text, per `per` units. */
  readonly usd: string;
}

export interface RegionPrice extends Provenance {
  readonly tiers: readonly Tier[];
}

/**
 * always: for every account, every month. first-12-months: only accounts opened before 2025-07-15, in their first year
 * (newer ones get credits instead: https://aws.amazon.com/free/). per-resource: an allowance of each resource.
 */
export type FreeKind = 'always' | 'first-12-months';

export interface FreeTier extends Provenance {
  /** In the row's units, for a month of the row's scope; the first units of the month are the free ones. */
  readonly quantity: number;
  readonly period: 'month';
  readonly kind: FreeKind;
  /** Rows that draw on the same allowance; each of them names all the others. */
  readonly sharedWith?: readonly string[];
  /** The tiers begin after the free units ('the first 10 TB beyond the free tier') instead of with them. */
  readonly beforeTiers?: true;
}

export interface BulkMatch {
  /** The service's offer code in AWS's price list index, e.g. 'AWSLambda'. */
  readonly offer: string;
  /** Product attributes, by the price list's names; `usagetype` without its region prefix. */
  readonly match: Readonly<Record<string, string>>;
  /** The price list's unit for this product, when it counts otherwise than the row: row units in one list unit. */
  readonly unitsPerListUnit?: number;
}

export interface PriceRow {
  /** service.thing.variant, lower case: 'lambda.duration.arm64'. */
  readonly id: string;
  /** AWS's name for the service: 'AWS Lambda'. */
  readonly service: string;
  readonly what: string;
  /** AWS's billing unit in words, singular: 'request', 'GB-second', 'vCPU-hour', 'GB-month'. */
  readonly unit: string;
  /** The price is for this many units: a power of ten. */
  readonly per: number;
  readonly regions: Readonly<Record<string, RegionPrice>>;
  readonly free?: FreeTier;
  /** Whether tiers and allowances count over the account (all resources in the region) or for each resource. */
  readonly scope: 'account' | 'resource';
  /** How `prices refresh` finds the row in AWS's price list; a row without it can only be changed by hand. */
  readonly bulk?: BulkMatch;
  /** What a reader should know of the number: rounding, what is counted, what is left out. */
  readonly note?: string;
}

/** A thing AWS bills of which the table has no price, and why; the review names it. */
export interface NotPriced {
  readonly id: string;
  readonly service: string;
  readonly what: string;
  readonly reason: string;
}

/** Prices that replace the built-in ones: row id → region → price. */
export type PriceOverrides = Readonly<Record<string, Readonly<Record<string, RegionPrice>>>>;

/** To be printed with every figure made from these rows. */
export const disclaimer =
  'Prices are for information only: on-demand list prices in USD without tax, support plans, discounts or ' +
  'commitments, as read from the named source on the named day. The pricing pages and the price list of AWS are ' +
  'the authority (https://aws.amazon.com/pricing/); the bill may differ.';
