import { readFileSync } from 'node:fs';

/** The package's own version; both src/cli and dist are one or two levels below it. */
export function version(): string {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (found.name === 'slipway') return found.version ?? 'unknown';
    } catch {
      // One level further up.
    }
  }
  return 'unknown';
}
