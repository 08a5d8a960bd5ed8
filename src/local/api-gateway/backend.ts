/** Requests that API Gateway makes to HTTP backends, for REST and HTTP APIs. */
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** API Gateway's limit for a payload. */
const largestAnswer = 10 * 1024 * 1024;

/** Headers of one connection, and those that the next one has its own of. */
export const ownHeaders =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|expect|x-amzn-trace-id|x-forwarded-.*)$/i;

/** As it is sent: nothing is followed, and nothing unpacked. */
export function askBackend(
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        method,
        // Names under .localhost are this machine's own; not every system resolves them.
        ...(url.hostname.endsWith('.localhost')
          ? { hostname: '127.0.0.1', headers: { ...headers, host: url.host } }
          : { headers }),
      },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > largestAnswer)
            response.destroy(new Error(`the answer has more than ${largestAnswer} bytes`));
          else parts.push(part);
        });
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
    if (body.length > 0) request.setHeader('content-length', body.length);
    request.end(body);
  });
}
