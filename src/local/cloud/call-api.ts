/**
 * Requests to AWS APIs that a service sends because its users worded them: API Gateway's AWS integrations. They go over
 * the wire of this cloud, signed, so that they are read, authorised and answered as those of any client.
 */
import { Agent, request as httpRequest } from 'node:http';
import { authorizationOf, sha256Hex } from '../edge/sigv4.ts';
import { type ApiAnswer, type ApiRequest, type SessionCredentials, unsupported } from '../service.ts';
import { type ServiceEntry, services } from '../services/registry.ts';

/** The first part of an API's host name is the name that its signatures have. */
export const entryOfApi = (api: string): ServiceEntry | undefined =>
  services.find(({ signingName }) => signingName === api);

interface CallContext {
  readonly endpoint: string;
  /** ms since the epoch, as clients know it */
  now(): number;
}

export type CallApi = (request: ApiRequest, as: SessionCredentials) => Promise<ApiAnswer>;

export function createCallApi({ endpoint, now }: CallContext): CallApi {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const { hostname, port } = new URL(endpoint);
  return (sent, credentials) => {
    const entry = entryOfApi(sent.api);
    if (!entry) throw unsupported(`calls of the service ${sent.api}`);
    const { query, headers } = worded(sent, entry);
    const timestamp = new Date(now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
    const hash = sha256Hex(sent.body);
    const host = `${sent.subdomain ? `${sent.subdomain}.` : ''}${sent.api}.${sent.region}.amazonaws.com`;
    const signed: Record<string, string> = {
      ...headers,
      host,
      'x-amz-content-sha256': hash,
      'x-amz-date': timestamp,
      'x-amz-security-token': credentials.sessionToken,
    };
    const names = Object.keys(signed).sort();
    const text = query.size > 0 ? `?${query}` : '';
    const authorization = authorizationOf(
      {
        accessKeyId: credentials.accessKeyId,
        date: timestamp.slice(0, 8),
        region: sent.region,
        service: entry.signingName,
        timestamp,
        signedHeaders: new Set(names),
      },
      credentials.secretAccessKey,
      { method: sent.method, path: sent.path, query, headers: signed },
      hash,
      entry.signsPathAsSent ?? false,
    );
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        {
          agent,
          hostname,
          port,
          method: sent.method,
          path: `${sent.path}${text}`,
          headers: { ...signed, 'content-length': sent.body.length, authorization },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 500,
              headers: response.headers,
              body: Buffer.concat(parts),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(sent.body);
    });
  };
}

/** Says which action is meant, where the request does not. */
function worded(
  { action, query, headers }: ApiRequest,
  { target, version, protocols }: ServiceEntry,
): Pick<ApiRequest, 'query' | 'headers'> {
  if (action === undefined) return { query, headers };
  const json = protocols.find((one) => one.startsWith('json'));
  const type = headers['content-type'] ?? '';
  const wantsQuery = protocols.includes('query') && !type.includes('x-amz-json');
  if (!wantsQuery && target !== undefined)
    return {
      query,
      headers: {
        ...headers,
        'content-type': type.includes('x-amz-json')
          ? type
          : `application/x-amz-json-${json === 'json1.1' ? '1.1' : '1.0'}`,
        'x-amz-target': headers['x-amz-target'] ?? `${target}.${action}`,
      },
    };
  const named = new URLSearchParams(query);
  if (!named.has('Action')) named.set('Action', action);
  if (version !== undefined && !named.has('Version')) named.set('Version', version);
  return { query: named, headers };
}
