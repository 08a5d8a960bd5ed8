/**
 * Memory of database instance classes, to know their connections. Sizes of a family double from `large`:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
 */
const burst: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4, large: 8 };
/** GiB of `large`: general purpose 8, memory optimised 16. */
const large: readonly (readonly [RegExp, number])[] = [
  [/^(t2|t3|t4g)$/, 8],
  [/^m[4-8][a-z]*$/, 8],
  [/^r[4-8][a-z]*$/, 16],
  [/^x2g$/, 32],
];

/** GiB; undefined for a class that is not known. */
export function memoryOf(instanceClass: string): number | undefined {
  const [, family = '', size = ''] = /^(?:db|ml)?\.?([a-z0-9]+)\.([a-z0-9]+)$/.exec(instanceClass) ?? [];
  const base = large.find(([pattern]) => pattern.test(family))?.[1];
  if (base === undefined) return undefined;
  if (/^t/.test(family) && burst[size] !== undefined) return burst[size];
  if (size === 'large') return base;
  if (size === 'medium') return base / 2;
  const times = /^(\d*)xlarge$/.exec(size)?.[1];
  return times === undefined ? undefined : base * 2 * (times === '' ? 1 : Number(times));
}
