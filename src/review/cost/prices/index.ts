/** The price table: rows, looking one up, and charging a quantity. Pure; knows no template. */
export {
  allows,
  type Charge,
  type ChargedLine,
  type ChargeOptions,
  type ChargeStep,
  charge,
  chargeAll,
  type FreePolicy,
  type Quantity,
} from './charge.ts';
export * from './decimal.ts';
export { type Missing, type Priced, priceOf, rowOf } from './lookup.ts';
export * from './model.ts';
export { notPriced, priceFiles, priceRows } from './table.ts';
