import type { Host } from './events.ts';

/** Tells a host of an error that is a bug of ours, with its stack. */
export const reportBug = (host: Host, what: string, error: unknown): void =>
  host.notify({
    name: 'slipway.failed',
    data: { what, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  });
