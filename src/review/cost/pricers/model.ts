/**
 * What a pricer is: which questions a resource type raises, and which price rows its use falls on. Pure functions of
 * the resource, the answers and the rest of the template. A property that cannot be known becomes a not-priced item.
 */
import type { Architecture, Resource } from '../../../architecture/index.ts';
import type { Amount } from '../amount.ts';
import type { Uses } from '../report.ts';

export interface DefaultAnswer {
  readonly amount: Amount;
  readonly because: string;
  /** derived: follows from the template and other answers. assumed: a number of ours, which a person should replace. */
  readonly kind: 'derived' | 'assumed';
}

export interface Question {
  /** The key under usage: 'requests'. */
  readonly key: string;
  /** 'Calls of this route'. Read with "a month" or "each" after it. */
  readonly asks: string;
  /** Singular. */
  readonly unit: string;
  /** month: a quantity a month. each: a property of each call, item or object, such as a duration or a size. */
  readonly kind: 'month' | 'each';
  readonly defaultAnswer: (flow: Flow) => DefaultAnswer;
}

export interface LineItem {
  readonly kind: 'line';
  /** Row of the price table. */
  readonly price: string;
  readonly quantity: Amount;
  /** Tells several lines of one row on one resource apart: 'index by-status'. */
  readonly part?: string;
  readonly note?: string;
}

interface FreeItem {
  readonly kind: 'free';
  readonly why: string;
  readonly source: string;
}

interface NotPricedItem {
  readonly kind: 'not-priced';
  readonly what: string;
  readonly because: string;
  readonly reason: 'unknown-type' | 'no-price' | 'unresolved';
  readonly quantity?: Amount;
}

interface AssumedItem {
  readonly kind: 'assumed';
  readonly what: string;
  readonly value: string;
  readonly because: string;
}

export type Item = LineItem | FreeItem | NotPricedItem | AssumedItem;

/** Answers to questions, and what follows from how the resources are wired. */
export interface Flow {
  readonly app: Architecture;
  readonly uses: Uses;
  /** The answer to a question of that resource, or its default answer (then noted as an assumption). */
  of(resource: Resource, key: string): Amount;
  /** Whether the resource has that question. */
  asks(resource: Resource, key: string): boolean;
  /** The answer to the question that says how often the resource does its work; undefined when none does. */
  workOf(resource: Resource): Amount | undefined;
}

export interface Pricer {
  /** CloudFormation types; a trailing `*` takes all that begin so. */
  readonly types: readonly string[];
  readonly questions?: (resource: Resource, flow: Flow) => readonly Question[];
  /**
   * The question that says how often it does its work, and so reaches what it is wired to: calls of a function,
   * messages of a queue, requests of a route.
   */
  readonly work?: string | ((resource: Resource) => string);
  readonly items: (resource: Resource, flow: Flow) => readonly Item[];
}

export const line = (
  price: string,
  quantity: Amount,
  more: { readonly part?: string; readonly note?: string } = {},
): LineItem => ({ kind: 'line', price, quantity, ...more });

export const freeOfCharge = (why: string, source: string): FreeItem => ({ kind: 'free', why, source });

export const unpriced = (
  what: string,
  because: string,
  quantity?: Amount,
  reason: NotPricedItem['reason'] = 'no-price',
): NotPricedItem => ({
  kind: 'not-priced',
  what,
  because,
  reason,
  ...(quantity === undefined ? {} : { quantity }),
});

export const unresolvedItem = (property: string, because: string): NotPricedItem => ({
  kind: 'not-priced',
  what: property,
  because,
  reason: 'unresolved',
});

export const assumption = (what: string, value: string, because: string): AssumedItem => ({
  kind: 'assumed',
  what,
  value,
  because,
});
