/** The first of several places that has a package. Throws Node's own MODULE_NOT_FOUND when it is nowhere. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface FirstRequire {
  /** The package's main file. */
  resolve(name: string): string;
}

export const requireFirst = (from: readonly string[]): FirstRequire => ({
  resolve(name) {
    let last: unknown;
    for (const place of from)
      try {
        // A folder needs some file's name after it, which need not exist.
        return createRequire(place.startsWith('file:') ? place : join(place, 'package.json')).resolve(name);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        last = error;
      }
    throw last;
  },
});

export const isNotFound = (error: unknown): boolean =>
  error instanceof Error && Reflect.get(error, 'code') === 'MODULE_NOT_FOUND';
