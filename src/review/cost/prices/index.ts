/** The price table: rows, looking one up, and charging a quantity. Pure; knows no template. */
export {
  allows,
  type Charge,
  type ChargedLine,
  charge,
  chargeAll,
  type FreePolicy,
} from './charge.ts';
export * from './decimal.ts';
export { priceOf, rowOf } from './lookup.ts';
export * from './model.ts';
export { notPriced, priceFiles, priceRows } from './table.ts';
