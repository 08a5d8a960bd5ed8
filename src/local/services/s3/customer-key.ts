/**
 * Server-side encryption with a key of the client's (SSE-C). The key itself is never kept, only the MD5 that answers
 * name; a read has to bring the same key again. Bodies are not enciphered on this machine.
 * Limit of the emulation: AWS blocks SSE-C in buckets made since April 2026 until their encryption allows it; here a
 * bucket takes it unless its encryption blocks it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
import { createHash } from 'node:crypto';
import { AwsError } from '../../service.ts';
import type { BucketRecord } from './buckets.ts';
import { invalidRequest } from './errors.ts';
import type { CustomerKey, Encryption } from './protection.ts';

interface KeyInput {
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

interface SourceKeyInput {
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
}

export const customerKeyNames = [
  'SSECustomerAlgorithm',
  'SSECustomerKey',
  'SSECustomerKeyMD5',
] as const satisfies readonly (keyof KeyInput)[];

export const sourceKeyNames = [
  'CopySourceSSECustomerAlgorithm',
  'CopySourceSSECustomerKey',
  'CopySourceSSECustomerKeyMD5',
] as const satisfies readonly (keyof SourceKeyInput)[];

/** The key of a request, held to its MD5. Undefined when it brings none. */
export function readCustomerKey(input: KeyInput): CustomerKey | undefined {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: key, SSECustomerKeyMD5: md5 } = input;
  if (algorithm === undefined && key === undefined && md5 === undefined) return undefined;
  if (algorithm === undefined)
    throw invalidKey(
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
    );
  if (algorithm !== 'AES256')
    throw new AwsError(
      'InvalidEncryptionAlgorithmError',
      'The Encryption request you specified is not valid. Supported value: AES256.',
      400,
      { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: algorithm },
    );
  if (key === undefined)
    throw invalidKey(
      'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
    );
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32) throw invalidKey('The secret key was invalid for the specified algorithm.');
  const sum = createHash('md5').update(bytes).digest('base64');
  if (md5 === undefined) return { SSECustomerAlgorithm: algorithm, SSECustomerKeyMD5: '' };
  if (md5 !== sum)
    throw invalidKey('The calculated MD5 hash of the key did not match the hash that was provided.');
  return { SSECustomerAlgorithm: algorithm, SSECustomerKeyMD5: sum };
}

export const sourceKey = (input: SourceKeyInput): KeyInput => ({
  SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
  SSECustomerKey: input.CopySourceSSECustomerKey,
  SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
});

/** The key under which something is to be written. */
export function readWriteKey(
  input: KeyInput & { readonly ServerSideEncryption?: string | undefined },
  bucket: BucketRecord,
): CustomerKey | undefined {
  if (input.SSECustomerAlgorithm !== undefined && input.ServerSideEncryption !== undefined)
    throw invalidKey(
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      input.ServerSideEncryption,
    );
  const key = readCustomerKey(input);
  if (!key) return undefined;
  if (key.SSECustomerKeyMD5 === '')
    throw invalidKey('The secret key was invalid for the specified algorithm.');
  if (bucket.encryption?.BlockedEncryptionTypes?.EncryptionType?.includes('SSE-C'))
    throw new AwsError(
      'AccessDenied',
      "Access Denied: the bucket's encryption blocks SSE-C (BlockedEncryptionTypes).",
      403,
    );
  return key;
}

export const hasCustomerKey = (encryption: Encryption): encryption is CustomerKey =>
  'SSECustomerKeyMD5' in encryption;

/** @throws unless the request brings the key that the object was written with, or there was none */
export function checkReadKey(input: KeyInput, encryption: Encryption): void {
  const key = readCustomerKey(input);
  if (!hasCustomerKey(encryption)) {
    if (key) throw invalidRequest('The encryption parameters are not applicable to this object.');
    return;
  }
  if (!key)
    throw invalidRequest(
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    );
  if (key.SSECustomerKeyMD5 !== encryption.SSECustomerKeyMD5)
    throw new AwsError(
      'AccessDenied',
      'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
      403,
    );
}

/** Every part of an upload brings the key that the upload was begun with. */
export function checkPartKey(input: KeyInput, encryption: Encryption): void {
  const key = readCustomerKey(input);
  if (!hasCustomerKey(encryption) && !key) return;
  if (!hasCustomerKey(encryption) || !key)
    throw invalidRequest(
      'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
    );
  if (key.SSECustomerKeyMD5 !== encryption.SSECustomerKeyMD5)
    throw invalidRequest('The provided encryption parameters did not match the ones used originally.');
}

const invalidKey = (message: string, value?: string) =>
  new AwsError('InvalidArgument', message, 400, {
    ArgumentName: 'x-amz-server-side-encryption',
    ...(value === undefined ? {} : { ArgumentValue: value }),
  });
