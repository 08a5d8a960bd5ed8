/** The event of an SQS batch, and the answer that names failed items. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
import type { Message } from '@aws-sdk/client-sqs';

export const sqsEvent = (batch: readonly Message[], sourceArn: string, region: string) => ({
  Records: batch.map((message) => ({
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
        name,
        {
          ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
          ...(value.BinaryValue === undefined
            ? {}
            : { binaryValue: Buffer.from(value.BinaryValue).toString('base64') }),
          stringListValues: [],
          binaryListValues: [],
          dataType: value.DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: region,
  })),
});

/**
 * The ids a function reported as failed. An answer that cannot be read, or names a message that was not in the
 * batch, fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function failedItems(payload: Uint8Array, batch: readonly Message[]): Set<string> {
  const ids = new Set(batch.map((message) => message.MessageId ?? ''));
  const answer = JSON.parse(Buffer.from(payload).toString()) as {
    batchItemFailures?: unknown;
  } | null;
  const listed = answer?.batchItemFailures;
  if (listed === undefined || listed === null) return new Set();
  if (!Array.isArray(listed)) return ids;
  const failed = new Set<string>();
  for (const item of listed as { itemIdentifier?: unknown }[]) {
    const id = item?.itemIdentifier;
    if (typeof id !== 'string' || !ids.has(id)) return ids;
    failed.add(id);
  }
  return failed;
}
