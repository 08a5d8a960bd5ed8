/**
 * Pushes to a registry in the protocol that `docker push` speaks, with the token of `docker login`. The registry's
 * host name goes in the Host header; the connection goes to the local cloud.
 * https://distribution.github.io/distribution/spec/api/
 */
import { request } from 'node:http';
import { SlipwayError } from '../../../core/errors.ts';
import type { Blob, BuiltImage } from './image.ts';

interface RegistryOptions {
  /** Where the local cloud listens. */
  readonly endpoint: string;
  /** e.g. `000000000000.dkr.ecr.us-east-1.amazonaws.com` */
  readonly host: string;
  /** `user:password` in base64. */
  readonly authorization: string;
}

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

/** Requests of the local cloud's data planes end at 10 MB. */
const chunk = 8 * 1024 * 1024;

export async function pushToRegistry(
  image: BuiltImage,
  repositoryName: string,
  tag: string,
  options: RegistryOptions,
): Promise<void> {
  for (const blob of new Map([image.config, ...image.layers].map((one) => [one.digest, one])).values())
    await upload(blob, repositoryName, options);
  await send(options, 'PUT', `/v2/${repositoryName}/manifests/${tag}`, [201], image.manifest.data, {
    'content-type': image.manifest.mediaType,
  });
}

async function upload(blob: Blob, repositoryName: string, options: RegistryOptions): Promise<void> {
  const known = await send(options, 'HEAD', `/v2/${repositoryName}/blobs/${blob.digest}`, [200, 404]);
  if (known.status === 200) return;
  let { location } = await send(options, 'POST', `/v2/${repositoryName}/blobs/uploads/`, [202]);
  for (let from = 0; from < blob.data.length; from += chunk)
    ({ location } = await send(options, 'PATCH', location, [202], blob.data.subarray(from, from + chunk)));
  await send(options, 'PUT', `${location}?digest=${encodeURIComponent(blob.digest)}`, [201]);
}

function send(
  { endpoint, host, authorization }: RegistryOptions,
  method: string,
  path: string,
  expected: readonly number[],
  body: Buffer = Buffer.alloc(0),
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, endpoint),
      {
        method,
        headers: { ...headers, host, authorization: `Basic ${authorization}`, 'content-length': body.length },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (part: Buffer) => chunks.push(part));
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          const text = Buffer.concat(chunks).toString('utf8');
          if (expected.includes(status))
            return resolve({ status, text, location: response.headers.location ?? '' });
          return reject(
            new SlipwayError(
              'local.container-unsupported',
              `${host} answered ${status} to ${method} ${path}: ${text}`,
            ),
          );
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
