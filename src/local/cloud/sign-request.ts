/** Signs what a service sends to a data plane in the name of a role. */
import { authorizationOf, sha256Hex } from '../edge/sigv4.ts';
import type { DataPlaneRequest, SessionCredentials } from '../service.ts';
import type { HttpHead } from '../wire/rest.ts';

interface Signing {
  readonly signingName: string;
  readonly region: string;
  /** ms since the epoch, as clients know it */
  readonly now: number;
}

export function signRequest(
  request: DataPlaneRequest,
  head: HttpHead,
  { signingName, region, now }: Signing,
  { accessKeyId, secretAccessKey, sessionToken }: SessionCredentials,
): DataPlaneRequest {
  const timestamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers = {
    ...request.headers,
    host: request.host,
    'x-amz-date': timestamp,
    'x-amz-security-token': sessionToken,
  };
  const parts = {
    accessKeyId,
    date: timestamp.slice(0, 8),
    region,
    service: signingName,
    timestamp,
    signedHeaders: new Set(['host', 'x-amz-date', 'x-amz-security-token']),
  };
  const hash = sha256Hex(request.body);
  const authorization = authorizationOf(parts, secretAccessKey, { ...head, headers }, hash, false);
  return { ...request, headers: { ...headers, authorization } };
}
