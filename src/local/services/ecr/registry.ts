/**
 * What is not API: layer downloads, and the registry protocol that `docker push` and `docker pull` speak, with the
 * token of `docker login`. Each request of it is the ECR operation AWS asks permission for, as the token's caller.
 * https://distribution.github.io/distribution/spec/api/
 */
import { createHash } from 'node:crypto';
import {
  AwsError,
  type DataPlaneAddress,
  type DataPlaneRequest,
  type DataPlaneResponse,
  type Invoke,
  ignoring,
} from '../../service.ts';
import { type EcrContext, findImage, openLayer } from './context.ts';

/** Where download URLs point. */
export const layerPath = '/_aws/ecr/layers/';

const reply = (
  status: number,
  headers: Record<string, string> = {},
  body: Buffer | string = '',
): DataPlaneResponse => ({ status, headers, body: Buffer.from(body) });

const failure = (status: number, code: string, message: string) =>
  reply(
    status,
    { 'content-type': 'application/json' },
    JSON.stringify({ errors: [{ code, message, detail: message }] }),
  );

export function createRegistry(context: EcrContext) {
  return async (request: DataPlaneRequest): Promise<DataPlaneResponse> => {
    const url = new URL(request.url, 'http://registry');
    if (url.pathname.startsWith(layerPath)) return download(context, url.pathname.slice(layerPath.length));
    const invoke = signedIn(context, request);
    if (!invoke)
      return {
        ...failure(401, 'UNAUTHORIZED', 'authentication required: use docker login'),
        headers: { 'www-authenticate': `Basic realm="${context.env.endpoint}",service="ecr.amazonaws.com"` },
      };
    try {
      return await answer(context, request, url, invoke);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const status = /AccessDenied/.test(error.code) ? 403 : /NotFound/.test(error.code) ? 404 : 400;
      return failure(status, status === 403 ? 'DENIED' : error.code, error.message);
    }
  };
}

/** A registry's host begins with its account; the URL of a layer's download has a token. */
export const isServed = (context: EcrContext, { host, url }: DataPlaneAddress): boolean =>
  url.startsWith(layerPath)
    ? context.downloads.has(url.slice(layerPath.length))
    : host.startsWith(`${context.env.accountId}.`);

function download(context: EcrContext, token: string): DataPlaneResponse {
  const found = context.downloads.get(token);
  const body =
    found && found.expiresAt > context.env.clock.wall() ? openLayer(context, found.digest) : undefined;
  return body
    ? { status: 200, headers: { 'content-type': 'application/octet-stream' }, body }
    : failure(403, 'DENIED', 'this download URL is unknown or has expired');
}

function signedIn(context: EcrContext, { headers }: DataPlaneRequest): Invoke | undefined {
  const basic = /^Basic (\S+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  const [user, token = ''] = Buffer.from(basic ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const found = user === 'AWS' && token ? context.tokens.get(token) : undefined;
  return found && found.expiresAt > context.env.clock.wall() ? context.env.as(found.caller) : undefined;
}

async function answer(
  context: EcrContext,
  request: DataPlaneRequest,
  url: URL,
  invoke: Invoke,
): Promise<DataPlaneResponse> {
  const { method } = request;
  if (/^\/v2\/?$/.test(url.pathname)) return reply(200);
  const match = /^\/v2\/(.+?)\/(blobs\/uploads|blobs|manifests)\/?(.*)$/.exec(url.pathname);
  const [, repositoryName = '', kind, last = ''] = match ?? [];
  if (kind === 'blobs/uploads' && method === 'POST') {
    const { uploadId } = await invoke('ecr', 'InitiateLayerUpload', { repositoryName });
    return reply(202, { location: `/v2/${repositoryName}/blobs/uploads/${uploadId}`, range: '0-0' });
  }
  if (kind === 'blobs/uploads' && (method === 'PATCH' || method === 'PUT')) {
    const upload = context.uploads.get(last);
    if (!upload) return failure(404, 'BLOB_UPLOAD_UNKNOWN', `the upload ${last} is unknown`);
    if (request.body.length > 0)
      await invoke('ecr', 'UploadLayerPart', {
        repositoryName,
        uploadId: last,
        partFirstByte: upload.received,
        partLastByte: upload.received + request.body.length - 1,
        layerPartBlob: request.body,
      });
    const location = `/v2/${repositoryName}/blobs/uploads/${last}`;
    if (method === 'PATCH')
      return reply(202, { location, range: `0-${upload.received + request.body.length - 1}` });
    const digest = url.searchParams.get('digest') ?? '';
    await invoke('ecr', 'CompleteLayerUpload', { repositoryName, uploadId: last, layerDigests: [digest] });
    return reply(201, {
      location: `/v2/${repositoryName}/blobs/${digest}`,
      'docker-content-digest': digest,
    });
  }
  if (kind === 'blobs' && (method === 'HEAD' || method === 'GET')) {
    // Each method asks for the permission of the operation that AWS's clients use for it.
    if (method === 'HEAD')
      await invoke('ecr', 'BatchCheckLayerAvailability', { repositoryName, layerDigests: [last] });
    else await invoke('ecr', 'GetDownloadUrlForLayer', { repositoryName, layerDigest: last });
    const size = context.layers.get([repositoryName, last]);
    const body = size === undefined ? undefined : openLayer(context, last);
    if (!body) return failure(404, 'BLOB_UNKNOWN', `the layer ${last} is not in ${repositoryName}`);
    const headers = { 'content-length': String(size), 'docker-content-digest': last };
    if (method === 'GET') return { status: 200, headers, body };
    body.destroy();
    return reply(200, headers);
  }
  if (kind === 'manifests' && method === 'PUT') {
    const digest = `sha256:${createHash('sha256').update(request.body).digest('hex')}`;
    // Pushing again what is there is no error in this protocol.
    const put = invoke('ecr', 'PutImage', {
      repositoryName,
      imageManifest: request.body.toString('utf8'),
      imageManifestMediaType: request.headers['content-type']?.toString(),
      ...(last.startsWith('sha256:') ? {} : { imageTag: last }),
    });
    await ignoring(put, 'ImageAlreadyExistsException');
    return reply(201, { 'docker-content-digest': digest });
  }
  if (kind === 'manifests' && (method === 'HEAD' || method === 'GET')) {
    const imageId = last.startsWith('sha256:') ? { imageDigest: last } : { imageTag: last };
    await invoke('ecr', 'BatchGetImage', { repositoryName, imageIds: [imageId] });
    const found = findImage(context, repositoryName, imageId);
    if (!found) return failure(404, 'MANIFEST_UNKNOWN', `${last} is not in ${repositoryName}`);
    return reply(
      200,
      { 'content-type': found.mediaType, 'docker-content-digest': found.digest },
      method === 'GET' ? found.manifest : '',
    );
  }
  return failure(405, 'UNSUPPORTED', `${method} ${url.pathname} is not supported`);
}
