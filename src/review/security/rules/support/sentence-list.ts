/** `a, b and c`, each once; `a, b and 3 more` when there are more than `maxShown`. */
export function sentenceList(texts: readonly string[], maxShown = 4): string {
  const unique = [...new Set(texts)];
  const shown = unique.slice(0, maxShown);
  const rest = unique.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
