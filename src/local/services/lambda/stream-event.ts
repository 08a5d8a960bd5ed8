/** A change of a table as a function sees it. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-sample-dynamodb */
import type { _Record } from '@aws-sdk/client-dynamodb-streams';

export const streamRecord = (
  { dynamodb: change, userIdentity, ...record }: _Record,
  eventSourceARN: string,
) => ({
  ...record,
  dynamodb: {
    ...change,
    ApproximateCreationDateTime: Math.floor((change?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
    ...(change?.Keys ? { Keys: jsonOf(change.Keys) } : {}),
    ...(change?.NewImage ? { NewImage: jsonOf(change.NewImage) } : {}),
    ...(change?.OldImage ? { OldImage: jsonOf(change.OldImage) } : {}),
  },
  ...(userIdentity
    ? { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }
    : {}),
  eventSourceARN,
});

/** Bytes are base64. */
function jsonOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, jsonOf(one)]));
}
