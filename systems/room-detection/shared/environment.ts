/** Reads the settings a function or the worker is started with; a missing one stops it with its name. */
type Environment = Readonly<Record<string, string | undefined>>;

export function required(name: string, from: Environment = process.env): string {
  const value = from[name]?.trim();
  if (!value)
    throw new Error(`The environment variable ${name} is missing: the stack sets it on this resource.`);
  return value;
}

export function positiveInteger(name: string, fallback: number, from: Environment = process.env): number {
  const text = from[name]?.trim();
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(`The environment variable ${name} must be a positive whole number, got "${text}".`);
  }
  return value;
}
