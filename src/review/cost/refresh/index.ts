/** `prices refresh`: AWS's bulk price list read into prices that replace the built-in ones. */
export { mergeOverrides, readOverrides, writeOverrides } from './overrides.ts';
export {
  overridesOf,
  type Refreshed,
  refreshPrices,
} from './refresh.ts';
