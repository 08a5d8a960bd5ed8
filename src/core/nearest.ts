/** Did you mean: the known name that a mistyped one is nearest to. */

/** undefined when none is near enough to be a slip of the pen: a third of the letters, at least two. */
export const nearest = (name: string, known: Iterable<string>): string | undefined =>
  nearestNames(name, known, 1)[0];

/** The nearest first, at most `max`; of equals the one that was named first. */
export function nearestNames(name: string, known: Iterable<string>, max: number): string[] {
  const limit = Math.max(2, name.length / 3);
  return [...known]
    .map((one) => ({ one, distance: distance(name.toLowerCase(), one.toLowerCase()) }))
    .filter((found) => found.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map(({ one }) => one);
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
