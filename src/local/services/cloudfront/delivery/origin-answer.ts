/** What an origin answered, and what it means when it did not. */
import type { Readable } from 'node:stream';
import type { Headers } from './viewer-request.ts';

export interface OriginAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer | Readable;
}

/** The edge's own error in place of the origin's answer. */
export class OriginFailure extends Error {
  readonly status: 501 | 502 | 504;
  constructor(status: 501 | 502 | 504, message: string) {
    super(message);
    this.name = 'OriginFailure';
    this.status = status;
  }
}

export interface OriginRequest {
  readonly method: string;
  /** With the origin's path before it; still percent-encoded, without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  /** The viewer's Host, when a policy forwards it. */
  readonly host?: string;
  readonly body: Buffer;
  readonly sourceIp: string;
}
