import { nearest as nearestName } from '../../core/nearest.ts';

/** `; did you mean 'POST /jobs'?`, or what there is to choose from. */
export function nearest(name: string, known: readonly string[]): string {
  const wanted = name.toLowerCase();
  const best =
    nearestName(name, known) ??
    known.find((candidate) => candidate.toLowerCase().includes(wanted) && wanted.length > 2);
  if (best !== undefined) return `; did you mean '${best}'?`;
  if (known.length === 0) return '';
  const shown = known.slice(0, 8).map((one) => `'${one}'`);
  return `; there is ${shown.join(', ')}${known.length > 8 ? ` and ${known.length - 8} more` : ''}`;
}
