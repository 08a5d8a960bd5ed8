/**
 * A message as it is kept, and the checks and digests that AWS makes of what is sent.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
import { createHash, hash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { AwsError, unsupported } from '../../service.ts';
import { invalidParameter } from './errors.ts';

interface KeptAttribute {
  readonly type: string;
  readonly value: string | Uint8Array;
}

/** Written once, when the message is sent. */
export interface KeptMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes?: Readonly<Record<string, KeptAttribute>>;
  readonly traceHeader?: string;
  readonly sentAt: number;
  /** When it can first be received: later than sentAt when it is delayed. */
  readonly firstDue: number;
  readonly senderId: string;
  readonly size: number;
  readonly group?: string;
  readonly deduplicationId?: string;
  readonly deadLetterSource?: string;
}

/** Of a message that was received at least once. */
export interface Receipt {
  /** When it can be received again. */
  readonly due: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
  readonly receivedAt: number;
  /** Of the latest receipt handle. */
  readonly nonce: string;
}

export const md5 = (data: string | Uint8Array): string => hash('md5', data, 'hex');

/**
 * Names sorted; each name, type and value with its length before it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(
  attributes: Readonly<Record<string, KeptAttribute>> | undefined,
): string | undefined {
  const names = Object.keys(attributes ?? {}).sort();
  if (!attributes || names.length === 0) return undefined;
  const digest = createHash('md5');
  const add = (data: string | Uint8Array) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    add(name);
    add(attribute.type);
    digest.update(new Uint8Array([typeof attribute.value === 'string' ? 1 : 2]));
    add(attribute.value);
  }
  return digest.digest('hex');
}

export function readAttributes(
  given: Readonly<Record<string, MessageAttributeValue>> | undefined,
): Readonly<Record<string, KeptAttribute>> | undefined {
  const names = Object.keys(given ?? {});
  if (!given || names.length === 0) return undefined;
  if (names.length > 10)
    throw new AwsError(
      'InvalidParameterValue',
      `Number of message attributes [${names.length}] exceeds the allowed maximum [10].`,
    );
  const out: Record<string, KeptAttribute> = {};
  for (const name of names) {
    if (
      name.length > 256 ||
      !/^[\w\u00c0-\u017f-][\w\u00c0-\u017f.-]*$/.test(name) ||
      name.endsWith('.') ||
      /^(aws|amazon)\./i.test(name)
    )
      throw invalidParameter(name, 'MessageAttributeName', 'The message attribute name is not allowed.');
    out[name] = readAttribute(name, given[name]);
  }
  return out;
}

export function readAttribute(name: string, given: MessageAttributeValue | undefined): KeptAttribute {
  const type = given?.DataType;
  if (!type)
    throw new AwsError(
      'InvalidParameterValue',
      `The message attribute '${name}' must contain a non-empty message attribute value type.`,
    );
  const kind = type.split('.')[0];
  if (given?.StringListValues?.length || given?.BinaryListValues?.length)
    throw unsupported(`list values of the message attribute ${name}, which AWS keeps for later use`);
  if (kind === 'String' || kind === 'Number') {
    const value = given?.StringValue;
    if (!value)
      throw new AwsError(
        'InvalidParameterValue',
        `Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`,
      );
    if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
      throw new AwsError(
        'InvalidParameterValue',
        `Can't cast the value of message (user) attribute '${name}' to a number.`,
      );
    checkText(value, 'InvalidParameterValue');
    return { type, value };
  }
  if (kind === 'Binary') {
    const value = given?.BinaryValue;
    if (!value || value.length === 0)
      throw new AwsError(
        'InvalidParameterValue',
        `Message (user) attribute '${name}' must contain a non-empty value of type 'Binary'.`,
      );
    return { type, value };
  }
  throw new AwsError(
    'InvalidParameterValue',
    `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
  );
}

/** U+0009, U+000A, U+000D, U+0020 to U+D7FF, U+E000 to U+FFFD and above; lone surrogates are not text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters AWS refuses
const refused = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

export function checkText(text: string, code = 'InvalidMessageContents'): void {
  if (refused.test(text))
    throw new AwsError(
      code,
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
}

export const sizeOf = (
  body: string,
  attributes: Readonly<Record<string, KeptAttribute>> | undefined,
): number => {
  let size = Buffer.byteLength(body);
  for (const [name, { type, value }] of Object.entries(attributes ?? {}))
    size += Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(value);
  return size;
};
