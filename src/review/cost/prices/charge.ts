/**
 * From a quantity to an amount, step by step: which units were free, which tier the others fell in, what each cost.
 * Exact throughout. Refuses quantities that are negative or not finite.
 */
import { add, compare, type Decimal, decimal, least, multiply, shift, subtract, zero } from './decimal.ts';
import { type Missing, type Priced, priceOf } from './lookup.ts';
import type { FreeTier, PriceOverrides, PriceRow, RegionPrice } from './model.ts';

/** Which allowances count: none, those every account has, or those of a first-year account too. */
export type FreePolicy = 'none' | 'always' | 'first-year';

interface ChargeOptions {
  readonly free?: FreePolicy;
  /** How much of the allowance is left where other resources or rows draw on it too; the row's own by default. */
  readonly freeLeft?: Decimal | number;
  /** Units of the same scope and month that came before these and have used up the lower tiers. */
  readonly before?: Decimal | number;
}

interface ChargeStep {
  readonly quantity: Decimal;
  /** Price per `row.per` units. */
  readonly usdPer: string;
  readonly usd: Decimal;
  /** From 1; `of` tells how many the row has. */
  readonly tier: number;
  readonly of: number;
}

export interface Charge {
  readonly usd: Decimal;
  readonly steps: readonly ChargeStep[];
  /** Units the allowance covered. */
  readonly free: Decimal;
}

const places = (per: number): number => Math.round(Math.log10(per));
const asDecimal = (value: Decimal | number): Decimal => (typeof value === 'number' ? decimal(value) : value);
const atLeastZero = (value: Decimal): Decimal => (compare(value, zero) < 0 ? zero : value);

export function allows(policy: FreePolicy, free: FreeTier | undefined): free is FreeTier {
  return free !== undefined && policy !== 'none' && (free.kind === 'always' || policy === 'first-year');
}

export function charge(
  row: Pick<PriceRow, 'per' | 'free'>,
  price: Pick<RegionPrice, 'tiers'>,
  quantity: Decimal | number,
  options: ChargeOptions = {},
): Charge {
  const amount = asDecimal(quantity);
  if (compare(amount, zero) < 0) throw new RangeError('a quantity cannot be negative');
  const before = asDecimal(options.before ?? 0);
  const allowance = allows(options.free ?? 'always', row.free)
    ? options.freeLeft === undefined
      ? atLeastZero(subtract(decimal(row.free.quantity), before))
      : atLeastZero(asDecimal(options.freeLeft))
    : zero;
  const free = least(amount, allowance);
  // Tier bounds are of the month's total, whose first units are the free ones, unless the tiers begin after these.
  let position = row.free?.beforeTiers ? before : add(before, free);
  let left = subtract(amount, free);
  let usd = zero;
  const steps: ChargeStep[] = [];
  for (const [index, tier] of price.tiers.entries()) {
    if (compare(left, zero) <= 0) break;
    const room = tier.upTo === undefined ? left : subtract(decimal(tier.upTo), position);
    if (compare(room, zero) <= 0) continue;
    const part = least(left, room);
    const cost = shift(multiply(part, decimal(tier.usd)), places(row.per));
    steps.push({ quantity: part, usdPer: tier.usd, usd: cost, tier: index + 1, of: price.tiers.length });
    usd = add(usd, cost);
    position = add(position, part);
    left = subtract(left, part);
  }
  return { usd, steps, free };
}

const pools = new WeakMap<PriceRow, string>();

/** Rows that share an allowance have one name for it. */
function poolOf(row: PriceRow): string {
  const pool = pools.get(row) ?? [row.id, ...(row.free?.sharedWith ?? [])].sort().join(' ');
  pools.set(row, pool);
  return pool;
}

interface Quantity {
  readonly id: string;
  readonly quantity: Decimal | number;
}

export type ChargedLine = Quantity & (({ readonly charge: Charge } & Priced) | Missing);

/**
 * Charges several quantities of one account, in their order: lines of the same row share its tiers when they count over
 * the account, and rows that share an allowance use it up together. What has no price comes back as missing, by name.
 */
export function chargeAll(
  lines: readonly Quantity[],
  region: string,
  options: { readonly free?: FreePolicy; readonly overrides?: PriceOverrides } = {},
): { readonly usd: Decimal; readonly lines: readonly ChargedLine[] } {
  const policy = options.free ?? 'always';
  const used = new Map<string, Decimal>();
  const left = new Map<string, Decimal>();
  let usd = zero;
  const charged = lines.map((line): ChargedLine => {
    const priced = priceOf(line.id, region, options.overrides);
    if ('missing' in priced) return { ...line, ...priced };
    const { row, price } = priced;
    const account = row.scope === 'account';
    const pool = poolOf(row);
    const allowance = row.free ? (left.get(pool) ?? decimal(row.free.quantity)) : zero;
    const before = used.get(row.id) ?? zero;
    const result = charge(
      row,
      price,
      line.quantity,
      account ? { free: policy, freeLeft: allowance, before } : { free: policy },
    );
    if (account) {
      left.set(pool, subtract(allowance, result.free));
      const counted = row.free?.beforeTiers
        ? subtract(asDecimal(line.quantity), result.free)
        : asDecimal(line.quantity);
      used.set(row.id, add(before, counted));
    }
    usd = add(usd, result.usd);
    return { ...line, ...priced, charge: result };
  });
  return { usd, lines: charged };
}
