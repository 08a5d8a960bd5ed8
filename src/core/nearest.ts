/** Did you mean: the known name that a mistyped one is nearest to. */

/** undefined when none is near enough to be a slip of the pen; of long names a part may be meant. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const names = [...known];
  return nearestNames(name, names, 1)[0] ?? ranked(name, names, name.length / 3, true)[0];
};

/** Those within a third of the letters, at least two: the nearest first, at most `max`; of equals the one named first. */
export const nearestNames = (name: string, known: Iterable<string>, max: number): string[] =>
  ranked(name, [...known], Math.max(2, name.length / 3), false).slice(0, max);

function ranked(name: string, known: readonly string[], limit: number, anywhere: boolean): string[] {
  return known
    .map((one) => ({ one, distance: distance(name.toLowerCase(), one.toLowerCase(), anywhere) }))
    .filter((found) => found.distance <= limit && (!anywhere || name.length > 2))
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one);
}

/** `; did you mean 'POST /jobs'?`, or what there is to choose from. */
export function didYouMean(name: string, known: readonly string[]): string {
  const best = nearest(name, known);
  if (best !== undefined) return `; did you mean '${best}'?`;
  if (known.length === 0) return '';
  const shown = known.slice(0, 8).map((one) => `'${one}'`);
  return `; there is ${shown.join(', ')}${known.length > 8 ? ` and ${known.length - 8} more` : ''}`;
}

/** Levenshtein's; of the part of `b` that is nearest to `a` where `anywhere` (Sellers' variant). */
function distance(a: string, b: string, anywhere: boolean): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => (anywhere ? 0 : index));
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)),
      );
    row = next;
  }
  return anywhere ? Math.min(...row) : (row.at(-1) ?? 0);
}
