/** Settings of a table that are kept with it: encryption, resource policy, tags. */
import { hash } from 'node:crypto';
import type { SSESpecification, Tag } from '@aws-sdk/client-dynamodb';
import { PolicyError, parsePolicy } from '../../../iam/index.ts';
import type { ServiceEnvironment } from '../../service.ts';
import { invalidParameter, validation } from './errors.ts';
import type { TableRecord } from './storage/records.ts';

/**
 * Kept and described. What is stored here is encrypted by whatever encrypts this machine's disk; no call to KMS is
 * made. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
 */
export function readEncryption(
  env: ServiceEnvironment,
  given: SSESpecification | undefined,
): TableRecord['encryption'] {
  if (!given?.Enabled) {
    if (given?.KMSMasterKeyId)
      throw invalidParameter('KMSMasterKeyId can not be specified when SSE is not enabled');
    return undefined;
  }
  if (given.SSEType !== undefined && given.SSEType !== 'KMS')
    throw invalidParameter(`SSEType ${given.SSEType} is not supported`);
  return { type: 'KMS', key: keyArn(env, given.KMSMasterKeyId) };
}

/** Without a key the table has the one that AWS manages for DynamoDB, which is the same for a whole account. */
function keyArn(env: ServiceEnvironment, key: string | undefined): string {
  if (key?.startsWith('arn:')) return key;
  if (key?.startsWith('alias/')) return env.arn('kms', key);
  return env.arn('kms', `key/${key ?? managedKey(env.accountId)}`);
}

function managedKey(account: string): string {
  const digits = hash('md5', `aws/dynamodb of ${account}`, 'hex');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

export function readPolicy(env: ServiceEnvironment, text: string | undefined): TableRecord['policy'] {
  if (text === undefined) return undefined;
  const [unknown] = env.unknownPrincipals(text);
  if (unknown !== undefined)
    throw validation(`Invalid policy document: Invalid principal in policy: "AWS":"${unknown}"`);
  try {
    return { document: parsePolicy(text, 'resource'), text, revision: String(env.clock.now()) };
  } catch (error) {
    if (error instanceof PolicyError) throw validation(`Invalid policy document: ${error.message}`);
    throw error;
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html */
const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function readTags(tags: readonly Tag[] | undefined): Record<string, string> {
  const out: Record<string, string> = {};
  for (const { Key = '', Value = '' } of tags ?? []) {
    for (const text of [Key, Value])
      if (!tagCharacters.test(text))
        throw invalidParameter(
          `Invalid characters in a tag: '${text}'. Letters, whitespace, numbers and + - = . _ : / are allowed`,
        );
    if (Object.hasOwn(out, Key)) throw validation(`Duplicate tag key: ${Key}`);
    out[Key] = Value;
  }
  if (Object.keys(out).length > 50) throw validation('Too many tags: at most 50 are allowed');
  return out;
}
