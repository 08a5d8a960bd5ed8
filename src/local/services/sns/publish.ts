/** Checks one message as Publish and PublishBatch take it. */
import type { PublishBatchRequestEntry, PublishInput } from '@aws-sdk/client-sns';
import { unsupported } from '../../service.ts';
import type { SnsContext } from './context.ts';
import { invalid } from './errors.ts';
import type { Outgoing } from './fan-out.ts';

const largest = 262_144;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function readMessage({ env }: SnsContext, given: PublishInput | PublishBatchRequestEntry): Outgoing {
  const { Message: message = '', Subject: subject, MessageStructure, MessageAttributes = {} } = given;
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > largest) throw invalid(`Message too long: more than ${largest} bytes`);
  if (subject !== undefined && (subject === '' || subject.length > 100 || /[\r\n]/.test(subject)))
    throw invalid('Subject');
  if (given.MessageDeduplicationId !== undefined)
    throw invalid(
      'MessageDeduplicationId: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(MessageAttributes)) {
    const kind = DataType?.split('.')[0];
    if (kind !== 'String' && kind !== 'Number' && kind !== 'Binary')
      throw invalid(`MessageAttributes.${name}: DataType must be String, Number or Binary`);
    if (kind === 'Binary' ? !BinaryValue?.length : !StringValue)
      throw invalid(`MessageAttributes.${name}: the value must not be empty`);
  }
  const hex = env.randomId(32);
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const common = { id, attributes: MessageAttributes, ...(subject === undefined ? {} : { subject }) };
  if (MessageStructure === undefined) return { ...common, message };
  if (MessageStructure !== 'json') throw unsupported(`MessageStructure ${MessageStructure}`);
  let byProtocol: unknown;
  try {
    byProtocol = JSON.parse(message);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  const texts = byProtocol as Record<string, string> | null;
  if (typeof texts?.default !== 'string')
    throw invalid('Message Structure - No default entry in JSON message body');
  return { ...common, message: texts.default, byProtocol: texts };
}
