/**
 * Quantities a month as functions of the uses a month, each of which can say in words how it came about. All that a
 * pricer computes is one of these, so that levels, the curve and the formula come from the same place.
 */

/** What the words are about: so many uses of this unit. */
export interface Saying {
  readonly uses: number;
  readonly unit: string;
}

export interface Amount {
  /** Never negative, never falling when uses rise, as long as the answers are so. */
  readonly at: (uses: number) => number;
  readonly words: (saying: Saying) => string;
  /** Present while it is still a fixed part and a part per use of one unit. */
  readonly plain?: { readonly fixed: number; readonly perUse: number; readonly unit: string };
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

export function plain(fixed: number, perUse: number, unit: string): Amount {
  return {
    plain: { fixed, perUse, unit },
    at: (uses) => fixed + perUse * uses,
    words: (saying) => {
      const variable = `${counted(perUse, unit)} per ${saying.unit} × ${counted(saying.uses, saying.unit)}`;
      if (perUse === 0) return counted(fixed, unit);
      return fixed === 0 ? variable : `${variable} + ${counted(fixed, unit)}`;
    },
  };
}

/** The same every month, whether anybody uses the app or not. */
export const constant = (value: number, unit: string): Amount => plain(value, 0, unit);
export const perUse = (value: number, unit: string): Amount => plain(0, value, unit);

export function sum(amounts: readonly Amount[], unit: string): Amount {
  let fixed = 0;
  let each = 0;
  const others: Amount[] = [];
  for (const amount of amounts) {
    if (amount.plain === undefined) others.push(amount);
    else {
      fixed += amount.plain.fixed;
      each += amount.plain.perUse;
    }
  }
  const rest = plain(fixed, each, unit);
  if (others.length === 0) return rest;
  const hasRest = fixed !== 0 || each !== 0;
  const [only] = others;
  if (!hasRest && others.length === 1 && only !== undefined) return only;
  const parts = hasRest ? [rest, ...others] : others;
  return {
    at: (uses) => parts.reduce((total, part) => total + part.at(uses), 0),
    words: (saying) => [...new Set(parts.map((part) => part.words(saying)))].join(' + '),
  };
}

/** Nothing at any number of uses, and known to be. */
export const isZero = ({ plain: known }: Amount): boolean => known?.fixed === 0 && known.perUse === 0;

/** A sum that is not yet in brackets. */
const isSum = (words: string): boolean => words.replace(/\([^()]*\)/g, '').includes(' + ');

/** `times(requests, 0.25, 'GB')`: `… × 0.25 GB`; words that begin with ÷ keep it. A factor may itself depend on the uses (a stated duration). */
export function times(amount: Amount, factor: number | Amount, words?: string): Amount {
  if (isZero(amount)) return amount;
  const factorAt = typeof factor === 'number' ? () => factor : factor.at;
  return {
    at: (uses) => amount.at(uses) * factorAt(uses),
    words: (saying) => {
      const base = amount.words(saying);
      const by = words ?? (typeof factor === 'number' ? numberText(factor) : factor.words(saying));
      return `${isSum(base) ? `(${base})` : base} ${by.startsWith('÷') ? '' : '× '}${by}`;
    },
  };
}

/** A plain amount scaled and given another unit, still plain: three requests a message. */
export function scaled(amount: Amount, factor: number, unit: string, words?: string): Amount {
  if (amount.plain !== undefined && words === undefined)
    return plain(amount.plain.fixed * factor, amount.plain.perUse * factor, unit);
  return factor === 1 && words === undefined ? amount : times(amount, factor, words);
}

/** Any function, with its words. */
export const formula = (at: (uses: number) => number, words: (saying: Saying) => string): Amount => ({
  at,
  words,
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
export function through(stated: Points, uses: Points, unit: string, kind: 'month' | 'each'): Amount {
  const points = [
    { x: 0, y: kind === 'month' ? 0 : stated.low },
    { x: uses.low, y: stated.low },
    { x: uses.expected, y: stated.expected },
    { x: uses.high, y: stated.high },
  ];
  const at = (x: number): number => {
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
    at,
    words: (saying) =>
      `${counted(at(saying.uses), unit)}${kind === 'month' ? ` stated for ${counted(saying.uses, saying.unit)}` : ''}`,
  };
}
