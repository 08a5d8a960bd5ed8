/** Where a function's or layer's zip comes from: the request itself or an S3 object. Images are pulled elsewhere. */
import type { Readable } from 'node:stream';
import { largestUnpacked } from '../../compute/functions/archives.ts';
import type { CodeStore, StoredCode } from '../../compute/functions/code-store.ts';
import { AwsError, type Call, type ServiceEnvironment } from '../../service.ts';
import { ZipError, ZipRefused, ZipTooLarge } from '../../zip-archive.ts';
import { invalidParameter } from './errors.ts';

interface CodeSource {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
}

export async function storeCode(
  source: CodeSource,
  store: CodeStore,
  env: ServiceEnvironment,
  call: Call,
): Promise<StoredCode> {
  if (source.ZipFile && source.ZipFile.length > largestZip)
    throw new AwsError(
      'RequestEntityTooLargeException',
      `Zipped size must be smaller than ${largestZip} bytes`,
      413,
    );
  try {
    return await store.put(source.ZipFile ?? (await fromS3(source, env, call)));
  } catch (error) {
    if (error instanceof ZipTooLarge) throw tooLarge();
    if (error instanceof ZipError)
      throw invalidParameter(
        `Could not unzip uploaded file. Please check your file, then try to upload again.${error instanceof ZipRefused ? ` (${error.message})` : ''}`,
      );
    throw error;
  }
}

/** Sent with the request. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestZip = 52_428_800;

const tooLarge = () => invalidParameter(`Unzipped size must be smaller than ${largestUnpacked} bytes`);

/** Read as the caller, as AWS does: who may not read the object may not make a function of it. */
async function fromS3(source: CodeSource, env: ServiceEnvironment, call: Call): Promise<Uint8Array> {
  const { S3Bucket, S3Key, S3ObjectVersion } = source;
  if (!S3Bucket || !S3Key) throw invalidParameter('Please provide a source for function code.');
  let body: Uint8Array | Readable | undefined;
  try {
    const { Body } = await env.as(call.caller, 'lambda.amazonaws.com')('s3', 'GetObject', {
      Bucket: S3Bucket,
      Key: S3Key,
      ...(S3ObjectVersion ? { VersionId: S3ObjectVersion } : {}),
    });
    body = Body;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'AccessDenied' || error.code === 'AccessDeniedException')
      throw new AwsError(
        'AccessDeniedException',
        `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${S3Bucket}/${S3Key}. S3 Error Code: AccessDenied. S3 Error Message: ${error.message}`,
        403,
      );
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
  return readAll(body);
}

async function readAll(body: Uint8Array | Readable | undefined): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size >= largestUnpacked) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
