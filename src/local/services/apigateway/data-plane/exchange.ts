/** One request on its way through the gateway: what is known of it so far, for answers, templates and logs. */
import type { Caller } from '../../../../iam/index.ts';
import type { DataPlaneRequest } from '../../../service.ts';
import type { ResourceRecord } from '../records.ts';

export interface Exchange {
  readonly request: DataPlaneRequest;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  readonly apiId: string;
  readonly stage: string;
  /** As sent, with the stage. */
  readonly fullPath: string;
  /** As sent, without the stage. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Headers with one value each, lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** ms since the epoch, simulated */
  readonly receivedAt: number;
  /** ms on the monotonic clock */
  readonly started: number;
  resource?: ResourceRecord;
  pathParameters: Readonly<Record<string, string>>;
  stageVariables: Readonly<Record<string, string>>;
  deploymentId?: string;
  apiKey?: { readonly id: string; readonly value: string };
  /** Of a method with AWS_IAM. */
  caller?: Caller;
  /** What a Lambda authorizer said of the caller. */
  authorizer?: Readonly<Record<string, string>>;
  usageIdentifierKey?: string | undefined;
  error?: GatewayError;
  integration?: { status?: string; latencyMs?: number; requestId?: string; error?: string };
  /** Of the answer, for the log. */
  status?: number;
  responseLength?: number;
  latencyMs?: number;
}

interface GatewayError {
  readonly type: string;
  /** AWS says nothing of what is wrong with an authorizer. */
  readonly message: string | null;
  readonly validation?: string;
}

export const requestTime = (ms: number): string => {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  const month = date.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${two(date.getUTCDate())}/${month}/${date.getUTCFullYear()}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
};

/** Names as sent, one by one. */
export function* sentHeaders({ rawHeaders, headers }: Exchange['request']): Generator<[string, string]> {
  if (rawHeaders)
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) yield [rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''];
  else
    for (const [name, value] of Object.entries(headers))
      for (const one of [value].flat()) if (one !== undefined) yield [name, one];
}
