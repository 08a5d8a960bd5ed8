/** Scalars as text, in the formats the AWS protocols use, and the error that malformed input gets. */
import type { Shape, TimestampFormat } from './shape.ts';

/** The request could not be read. Each protocol turns it into AWS's own code. */
export class WireInputError extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
    /** `unknown-member` is not in the service's model: refused by name, never dropped. */
    readonly kind: 'malformed' | 'unknown-member' | 'malformed-path' | 'too-deep' | 'too-many' = 'malformed',
    /** A query parameter, as it was sent. */
    readonly parameter?: { readonly name: string; readonly value: string; readonly expected: Shape['kind'] },
  ) {
    super(path ? `${path}: ${problem}` : problem);
    this.name = 'WireInputError';
  }

  /** The same, of a value that stands at `outer`. */
  under(outer: string): WireInputError {
    const { path } = this;
    const whole =
      outer === '' || path === '' || path.startsWith('[') ? `${outer}${path}` : `${outer}.${path}`;
    return new WireInputError(whole, this.problem, this.kind);
  }
}

export function readText(shape: Shape, text: string, path: string, format?: TimestampFormat): unknown {
  switch (shape.kind) {
    case 'string':
      return text;
    case 'number':
    case 'big-number': {
      if (text === 'NaN') return Number.NaN;
      if (text === 'Infinity') return Number.POSITIVE_INFINITY;
      if (text === '-Infinity') return Number.NEGATIVE_INFINITY;
      const value = Number(text);
      if (text.trim() === '' || Number.isNaN(value))
        throw new WireInputError(path, `expected a number, got "${text}"`);
      return value;
    }
    case 'boolean':
      if (text === 'true') return true;
      if (text === 'false') return false;
      // Older clients send 1 and 0 in query strings.
      if (text === '1') return true;
      if (text === '0') return false;
      throw new WireInputError(path, `expected true or false, got "${text}"`);
    case 'timestamp':
      return readTimestamp(text, shape.format === 'default' ? (format ?? 'date-time') : shape.format, path);
    case 'blob':
      return new Uint8Array(Buffer.from(text, 'base64'));
    default:
      throw new WireInputError(path, `expected a ${shape.kind}, got text`);
  }
}

export function readTimestamp(value: string | number, format: TimestampFormat, path: string): Date {
  const date =
    format === 'epoch-seconds' || typeof value === 'number'
      ? new Date(Number(value) * 1000)
      : new Date(value);
  if (Number.isNaN(date.getTime())) throw new WireInputError(path, `expected a timestamp, got "${value}"`);
  return date;
}

export function writeText(shape: Shape, value: unknown, format: TimestampFormat = 'date-time'): string {
  if (shape.kind === 'timestamp') {
    const date = value as Date;
    switch (shape.format === 'default' ? format : shape.format) {
      case 'http-date':
        return date.toUTCString();
      case 'epoch-seconds':
        return String(date.getTime() / 1000);
      default:
        return date.toISOString().replace('.000Z', 'Z');
    }
  }
  if (shape.kind === 'blob') return Buffer.from(value as Uint8Array).toString('base64');
  return String(value);
}
