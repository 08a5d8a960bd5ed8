/** Plain questions about JSON-like values. */

export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** The value with every text in it changed. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  const walk = (at: unknown): unknown => {
    if (typeof at === 'string') return change(at);
    if (Array.isArray(at)) return at.map(walk);
    if (typeof at === 'object' && at !== null && Object.getPrototypeOf(at) === Object.prototype)
      return Object.fromEntries(Object.entries(at).map(([key, item]) => [key, walk(item)]));
    return at;
  };
  // Only texts change, so the shape is kept; the compiler cannot follow the walk.
  return walk(value) as T;
}

/** Hides what must not be shown: NoEcho parameters and secrets, wherever they ended up. */
export function mask<T>(value: T, secrets: ReadonlySet<string>): T {
  if (secrets.size === 0) return value;
  return mapTexts(value, (text) => {
    let shown = text;
    for (const secret of secrets) if (secret !== '') shown = shown.replaceAll(secret, '****');
    return shown;
  });
}

/** `Endpoint.Address` in attributes that may be nested or keyed by the whole name. */
export function attribute(attributes: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  let at: unknown = attributes;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
