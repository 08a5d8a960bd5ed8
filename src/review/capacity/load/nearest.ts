/** `; did you mean 'POST /jobs'?`, or what there is to choose from. */
export function nearest(name: string, known: readonly string[]): string {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const far = distance(wanted, candidate.toLowerCase());
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  best ??= known.find((candidate) => candidate.toLowerCase().includes(wanted) && wanted.length > 2);
  if (best !== undefined) return `; did you mean '${best}'?`;
  if (known.length === 0) return '';
  const shown = known.slice(0, 8).map((one) => `'${one}'`);
  return `; there is ${shown.join(', ')}${known.length > 8 ? ` and ${known.length - 8} more` : ''}`;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}
