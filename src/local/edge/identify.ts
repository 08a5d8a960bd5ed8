/** What is this request for: an AWS API, a data plane (execute-api, a distribution), or Slipway's own control? */
import type { ServiceEntry } from '../services/registry.ts';
import type { ProtocolKind } from '../wire/response.ts';
import type { WireRequest } from '../wire/rest.ts';
import { readSignature } from './sigv4.ts';

export type Target =
  | { readonly kind: 'control' }
  | { readonly kind: 'data-plane'; readonly service: string }
  | {
      readonly kind: 'api';
      readonly entry: ServiceEntry;
      readonly protocol: ProtocolKind;
      readonly bucket?: string;
    }
  | { readonly kind: 'unknown'; readonly hint: string };

/** `bucket.s3.us-east-1.amazonaws.com`, `bucket.s3.localhost:4566`; dots are allowed in bucket names. */
const bucketHost = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.(?:amazonaws\.com|localhost)$/;

export function identify(
  request: Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>,
  services: readonly ServiceEntry[],
): Target {
  const host = String(request.headers.host ?? '')
    .replace(/:\d+$/, '')
    .toLowerCase();
  if (request.path.startsWith('/_slipway/')) return { kind: 'control' };
  for (const entry of services)
    if (
      entry.dataPlane?.host.test(host) ||
      (entry.dataPlane?.path && request.path.startsWith(entry.dataPlane.path))
    )
      return { kind: 'data-plane', service: entry.id };

  const vhost = bucketHost.exec(host)?.[1];
  const bucket = vhost ? { bucket: vhost } : {};
  const found = readSignature(request);
  const signedFor = 'parts' in found ? found.parts.service : undefined;
  const target = request.headers['x-amz-target'];
  const contentType = String(request.headers['content-type'] ?? '');

  if (typeof target === 'string') {
    const entry = services.find((s) => s.target && target.startsWith(`${s.target}.`));
    if (entry)
      return { kind: 'api', entry, protocol: contentType.includes('json-1.1') ? 'json1.1' : 'json1.0' };
    return { kind: 'unknown', hint: `X-Amz-Target ${target}` };
  }
  // The preflight of a presigned URL carries its signature too, for another method: nothing to check it against.
  if (request.method === 'OPTIONS' && signedFor === 's3') return { kind: 'data-plane', service: 's3' };
  const candidates = signedFor === undefined ? [] : services.filter((s) => s.signingName === signedFor);
  if (signedFor !== undefined && candidates.length === 0)
    return { kind: 'unknown', hint: `service ${signedFor}` };
  const query = contentType.startsWith('application/x-www-form-urlencoded') || request.query.has('Action');
  for (const entry of candidates) {
    if (query && entry.protocols.includes('query')) return { kind: 'api', entry, protocol: 'query' };
    const rest = entry.protocols.find((p) => p === 'rest-json' || p === 'rest-xml');
    if (rest) return { kind: 'api', entry, protocol: rest, ...bucket };
  }
  if (signedFor !== undefined)
    return { kind: 'unknown', hint: `a ${signedFor} request without X-Amz-Target or Action` };
  if (query) {
    // Whichever service it is for (its body says): unsigned, it gets the same refusal from all of them.
    const version = request.query.get('Version');
    const entry =
      services.find((s) => s.version && s.version === version) ??
      services.find((s) => s.protocols.includes('query'));
    return entry
      ? { kind: 'api', entry, protocol: 'query' }
      : { kind: 'unknown', hint: 'an unsigned query request' };
  }
  // Only S3 answers callers it does not know.
  const s3 = services.find((s) => s.id === 's3');
  if (!s3) return { kind: 'unknown', hint: 'an unsigned request' };
  if (request.method === 'OPTIONS') return { kind: 'data-plane', service: 's3' };
  return { kind: 'api', entry: s3, protocol: 'rest-xml', ...bucket };
}
