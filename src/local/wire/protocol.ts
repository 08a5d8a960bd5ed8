/** The protocols of AWS's APIs, and an answer in one of them. */
import type { Readable } from 'node:stream';

export type ProtocolKind = 'json1.0' | 'json1.1' | 'query' | 'rest-json' | 'rest-xml';

export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | Readable | undefined;
}

export interface ResponseOptions {
  /** A Query call that asks for JSON, as API Gateway's do. */
  readonly queryAsJson?: boolean;
  readonly protocol: ProtocolKind;
  readonly requestId: string;
  readonly xmlNamespace?: string | undefined;
  /** Operations whose one output member is the root of the answer. */
  readonly unwrappedOutputs?: readonly string[] | undefined;
  /** By operation, where the service answers another status than its model says. */
  readonly statuses?: Readonly<Record<string, number>> | undefined;
}
