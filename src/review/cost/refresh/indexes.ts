/**
 * The two indexes in front of the price files: the offers, and the regions of one offer. Refuses what is not of their
 * documented form. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/bulk-api-reading-price-list-files.html
 */
import { isObject } from '../../../core/is-object.ts';
import { PriceListError } from './problem.ts';

/** The part of `fetch` that is used; the global one fits. */
export type PriceFetch = (url: string) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array> | null;
  json(): Promise<unknown>;
}>;

const priceListHost = 'https://pricing.us-east-1.amazonaws.com';
const offersPath = '/offers/v1.0/aws/index.json';

type Json = Readonly<Record<string, unknown>>;

export async function open(fetch: PriceFetch, url: string) {
  let response: Awaited<ReturnType<PriceFetch>>;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new PriceListError(url, `could not be reached: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  if (!response.ok) throw new PriceListError(url, `answered with status ${response.status}`);
  return response;
}

async function readObject(fetch: PriceFetch, url: string, member: string): Promise<Json> {
  const response = await open(fetch, url);
  let document: unknown;
  try {
    document = await response.json();
  } catch (cause) {
    throw new PriceListError(url, 'is not JSON, or is cut short', { cause });
  }
  const part = isObject(document) ? document[member] : undefined;
  if (!isObject(part))
    throw new PriceListError(url, `has no '${member}' object; is this a price list index?`);
  return part;
}

/** The file of one region, in its CSV form, which can be read line by line. */
const csvOf = (path: string): string => path.replace(/\.json$/, '.csv');

interface Offers {
  /** The address of an offer's file: of a region, or of all regions at once. */
  fileOf(offer: string, region?: string): Promise<string>;
}

export async function readOffers(fetch: PriceFetch, host = priceListHost): Promise<Offers> {
  const index = host + offersPath;
  const offers = await readObject(fetch, index, 'offers');
  const regionIndexes = new Map<string, Promise<Json>>();
  const textOf = (from: Json, key: string, url: string, what: string): string => {
    const value = from[key];
    if (typeof value !== 'string' || !value.startsWith('/'))
      throw new PriceListError(url, `${what} has no '${key}'`);
    return value;
  };
  return {
    async fileOf(offer, region) {
      const entry = offers[offer];
      if (!isObject(entry)) throw new PriceListError(index, `the index has no offer '${offer}'`);
      if (!region) return host + csvOf(textOf(entry, 'currentVersionUrl', index, `offer '${offer}'`));
      const url = host + textOf(entry, 'currentRegionIndexUrl', index, `offer '${offer}'`);
      const regions = await (regionIndexes.get(offer) ??
        (() => {
          const reading = readObject(fetch, url, 'regions');
          regionIndexes.set(offer, reading);
          return reading;
        })());
      const found = regions[region];
      if (!isObject(found))
        throw new PriceListError(url, `offer '${offer}' has no prices for region '${region}'`);
      return host + csvOf(textOf(found, 'currentVersionUrl', url, `region '${region}'`));
    },
  };
}
