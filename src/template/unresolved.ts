/**
 * The answer "this cannot be known here": an intrinsic whose value the scope does not have.
 * It takes the place of the smallest value that depends on it.
 */
import { SlipwayError } from '../core/errors.ts';
import type { Json } from './json.ts';

/** A resolved value: JSON that may hold `Unresolved` in the place of some values. */
export type Resolved = null | boolean | number | string | Unresolved | readonly Resolved[] | ResolvedObject;

export interface ResolvedObject {
  readonly [key: string]: Resolved;
}

export class Unresolved {
  /** Why it is not known, as a sentence. */
  readonly reason: string;
  /** The intrinsic, or the text with the dynamic reference, as written. */
  readonly expression: Json;
  /** Where, as `/Resources/Id/Properties/…`. */
  readonly path: string;

  constructor(reason: string, expression: Json, path: string) {
    this.reason = reason;
    this.expression = expression;
    this.path = path;
  }
}

/** Every `Unresolved` in a value, in order. */
export function containsUnresolved(value: Resolved): Unresolved[] {
  const found: Unresolved[] = [];
  const visit = (at: Resolved): void => {
    if (at instanceof Unresolved) found.push(at);
    else if (Array.isArray(at)) for (const item of at) visit(item);
    else if (typeof at === 'object' && at !== null) for (const item of Object.values(at)) visit(item);
  };
  visit(value);
  return found;
}

/** Narrows a resolved value to JSON, or throws naming everything that is not known. */
export function expectResolved(value: Resolved): Json {
  const found = containsUnresolved(value);
  if (found.length > 0) {
    const lines = found.map((one) => `  ${one.path}: ${one.reason}`);
    throw new SlipwayError('template.invalid', `These values could not be resolved:\n${lines.join('\n')}`);
  }
  // Nothing unresolved is in it, so it is JSON; the compiler cannot follow the walk above.
  return value as Json;
}
