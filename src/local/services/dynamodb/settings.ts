/** Settings of a table that are kept with it: encryption, resource policy, tags; and streams, which are refused. */
import type { SSESpecification, StreamSpecification, Tag } from '@aws-sdk/client-dynamodb';
import { PolicyError, parsePolicy } from '../../../iam/index.ts';
import { type ServiceEnvironment, unsupported } from '../../service.ts';
import { invalidParameter, validation } from './errors.ts';
import type { TableRecord } from './storage/records.ts';

export function refuseStreams(stream: StreamSpecification | undefined): void {
  if (stream?.StreamEnabled) throw unsupported('DynamoDB Streams (StreamSpecification)');
}

/**
 * Kept and described. What is stored here is encrypted by whatever encrypts this machine's disk; no call to KMS is
 * made. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
 */
export function readEncryption(given: SSESpecification | undefined): TableRecord['encryption'] {
  if (!given?.Enabled) {
    if (given?.KMSMasterKeyId)
      throw invalidParameter('KMSMasterKeyId can not be specified when SSE is not enabled');
    return undefined;
  }
  if (given.SSEType !== undefined && given.SSEType !== 'KMS')
    throw invalidParameter(`SSEType ${given.SSEType} is not supported`);
  return { type: 'KMS', ...(given.KMSMasterKeyId ? { key: given.KMSMasterKeyId } : {}) };
}

export function readPolicy(env: ServiceEnvironment, text: string | undefined): TableRecord['policy'] {
  if (text === undefined) return undefined;
  try {
    return { document: parsePolicy(text, 'resource'), text, revision: String(env.clock.now()) };
  } catch (error) {
    if (error instanceof PolicyError) throw validation(`Invalid policy document: ${error.message}`);
    throw error;
  }
}

export function readTags(tags: readonly Tag[] | undefined): Record<string, string> {
  const out: Record<string, string> = {};
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (Key.length === 0 || Key.length > 128) throw validation('Tag keys must have 1 to 128 characters');
    if (Value.length > 256) throw validation('Tag values must have at most 256 characters');
    if (Object.hasOwn(out, Key)) throw validation(`Duplicate tag key: ${Key}`);
    out[Key] = Value;
  }
  if (Object.keys(out).length > 50) throw validation('Too many tags: at most 50 are allowed');
  return out;
}
