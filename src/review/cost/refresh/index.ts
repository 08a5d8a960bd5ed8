/** `prices refresh`: AWS's bulk price list read into prices that replace the built-in ones. */
export { type PriceFetch, priceListHost } from './indexes.ts';
export { mergeOverrides, type ReadOverrides, readOverrides, writeOverrides } from './overrides.ts';
export {
  overridesOf,
  type PriceChange,
  type Refreshed,
  type RefreshedPrice,
  type RefreshOptions,
  refreshPrices,
  type Unfound,
} from './refresh.ts';
