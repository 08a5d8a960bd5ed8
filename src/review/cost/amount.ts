/**
 * Quantities a month as functions of the uses a month, each of which explains in words how it came about. All that a
 * pricer computes is one of these, so the four levels, the curve and the formula of a line come from the same place.
 */

/** How many uses a quantity is explained for, and the word for one of them: 1,000 plans. */
export interface UsageUnit {
  readonly uses: number;
  readonly unit: string;
}

export interface Amount {
  /** Not negative, and does not fall when uses rise, provided that this holds for the answers it is made of. */
  readonly quantity: (uses: number) => number;
  /** `6 requests per plan × 1,000 plans`. */
  readonly explain: (usage: UsageUnit) => string;
  /** Present when it is a fixed part and a part per use, both of one unit. */
  readonly linear?: { readonly fixed: number; readonly perUse: number; readonly unit: string };
}

const withThousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** `1,234.5`, `0.00123`. */
export const numberText = (value: number): string =>
  (Math.abs(value) < 1 ? small : withThousands).format(value);

/** Units that are written the same for one and many. */
const noPlural = /(s|GB|KB|MB|ms|ACU|vCPU|%)$/;

/** `1 request`, `2 queries`, `3 GB`, `2 KB per request`. */
export function counted(value: number, unit: string): string {
  return `${numberText(value)} ${value === 1 ? unit : plural(unit)}`;
}

export function plural(unit: string): string {
  const [, head = unit, rest = ''] = /^(.*?)( (?:per|of|in) .*)?$/.exec(unit) ?? [];
  if (noPlural.test(head)) return unit;
  return (/[^aeiou]y$/.test(head) ? `${head.slice(0, -1)}ies` : `${head}s`) + rest;
}

export function linear(fixed: number, perUse: number, unit: string): Amount {
  return {
    linear: { fixed, perUse, unit },
    quantity: (uses) => fixed + perUse * uses,
    explain: (usage) => {
      const variable = `${counted(perUse, unit)} per ${usage.unit} × ${counted(usage.uses, usage.unit)}`;
      if (perUse === 0) return counted(fixed, unit);
      return fixed === 0 ? variable : `${variable} + ${counted(fixed, unit)}`;
    },
  };
}

/** The same every month, whether anybody uses the app or not. */
export const constant = (value: number, unit: string): Amount => linear(value, 0, unit);
export const perUse = (value: number, unit: string): Amount => linear(0, value, unit);

export function sum(amounts: readonly Amount[], unit: string): Amount {
  let fixed = 0;
  let each = 0;
  const others: Amount[] = [];
  for (const amount of amounts) {
    if (amount.linear === undefined) others.push(amount);
    else {
      fixed += amount.linear.fixed;
      each += amount.linear.perUse;
    }
  }
  const rest = linear(fixed, each, unit);
  if (others.length === 0) return rest;
  const hasRest = fixed !== 0 || each !== 0;
  const [only] = others;
  if (!hasRest && others.length === 1 && only !== undefined) return only;
  const parts = hasRest ? [rest, ...others] : others;
  return {
    quantity: (uses) => parts.reduce((total, part) => total + part.quantity(uses), 0),
    explain: (usage) => [...new Set(parts.map((part) => part.explain(usage)))].join(' + '),
  };
}

/** Known to be nothing at any number of uses. */
export const isZero = ({ linear: known }: Amount): boolean => known?.fixed === 0 && known.perUse === 0;

/** Whether the words are a sum outside of brackets. */
const isSum = (words: string): boolean => words.replace(/\([^()]*\)/g, '').includes(' + ');

/**
 * `times(requests, 0.25, '0.25 GB')` is explained as `… × 0.25 GB`; words that begin with ÷ are put behind without ×. A
 * factor may depend on the uses too (a stated duration).
 */
export function times(amount: Amount, factor: number | Amount, words?: string): Amount {
  if (isZero(amount)) return amount;
  const factorAt = typeof factor === 'number' ? () => factor : factor.quantity;
  return {
    quantity: (uses) => amount.quantity(uses) * factorAt(uses),
    explain: (usage) => {
      const base = amount.explain(usage);
      const by = words ?? (typeof factor === 'number' ? numberText(factor) : factor.explain(usage));
      return `${isSum(base) ? `(${base})` : base} ${by.startsWith('÷') ? '' : '× '}${by}`;
    },
  };
}

/** Multiplied and given another unit: three requests a message. A linear amount stays linear unless `words` explain it. */
export function scaled(amount: Amount, factor: number, unit: string, words?: string): Amount {
  if (amount.linear !== undefined && words === undefined)
    return linear(amount.linear.fixed * factor, amount.linear.perUse * factor, unit);
  return factor === 1 && words === undefined ? amount : times(amount, factor, words);
}

/** Any other function of the uses, with its explanation. */
export const computed = (quantity: Amount['quantity'], explain: Amount['explain']): Amount => ({
  quantity,
  explain,
});

export interface Points {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/**
 * Three stated quantities at three numbers of uses. A quantity a month is nothing at no use and goes on in proportion
 * above high; a property of each (a duration) keeps its outer values.
 */
export function interpolated(stated: Points, uses: Points, unit: string, kind: 'month' | 'each'): Amount {
  const points = [
    { x: 0, y: kind === 'month' ? 0 : stated.low },
    { x: uses.low, y: stated.low },
    { x: uses.expected, y: stated.expected },
    { x: uses.high, y: stated.high },
  ];
  const quantity = (x: number): number => {
    if (x >= uses.high)
      return kind === 'each' || uses.high === 0 ? stated.high : (stated.high * x) / uses.high;
    for (const [index, from] of points.entries()) {
      const to = points[index + 1];
      if (to === undefined || x > to.x || to.x === from.x) continue;
      return from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
    }
    return stated.high;
  };
  return {
    quantity,
    explain: (usage) =>
      `${counted(quantity(usage.uses), unit)}${kind === 'month' ? ` stated for ${counted(usage.uses, usage.unit)}` : ''}`,
  };
}
