/**
 * Whether a value of JSON has more levels of objects and lists than that. What walks a value calls itself for each
 * level, so a text of brackets alone would fill the stack: it is refused before.
 */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}
