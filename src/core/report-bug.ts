import { isDiskFull, StoppingError } from './errors.ts';
import type { Host } from './events.ts';

/**
 * Tells a host of an error that nobody expected, with its stack: a bug of ours, unless the disk is full. What ends
 * because the cloud stops is no error.
 */
export function reportBug(host: Host, what: string, error: unknown): void {
  if (error instanceof StoppingError) return;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (isDiskFull(error)) host.notify({ name: 'disk.full', data: { what } });
  else host.notify({ name: 'slipway.failed', data: { what, error: withoutSecrets(text) } });
}

const secrets: readonly RegExp[] = [
  /(X-Amz-(?:Signature|Security-Token|Credential)=)[^&\s"']+/gi,
  /(\bSignature=)[0-9a-f]{16,}/gi,
  /((?:secretAccessKey|sessionToken|security-token|password|x-slipway-token)["']?\s*[:=]\s*["']?)[^\s"',}]+/gi,
];

/** Events are kept and shown, and the message of an error may quote what a call carried. */
const withoutSecrets = (text: string): string =>
  secrets.reduce((left, pattern) => left.replace(pattern, '$1***'), text);
