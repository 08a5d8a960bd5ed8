/** Reading numbers that may carry their origin. */
import type { Quantity } from './model.ts';

export function num(quantity: Quantity): number;
export function num(quantity: Quantity | undefined, fallback: number): number;
export function num(quantity: Quantity | undefined, fallback = Number.NaN): number {
  if (quantity === undefined) return fallback;
  return typeof quantity === 'number' ? quantity : quantity.value;
}
