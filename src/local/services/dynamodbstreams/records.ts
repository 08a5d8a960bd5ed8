/** A change as the API shows it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { NumberedChange, StreamRecord } from '../../table-streams/log.ts';
import { sequenceText } from './context.ts';

export function recordOf(
  { kind, at, keys, old, next, size, expired, sequence }: NumberedChange,
  stream: StreamRecord,
  awsRegion: string,
): _Record {
  return {
    eventID: eventId(stream, sequence),
    eventName: kind,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion,
    dynamodb: {
      ApproximateCreationDateTime: new Date(Math.floor(at / 1000) * 1000),
      Keys: keys as never,
      ...(next ? { NewImage: next as never } : {}),
      ...(old ? { OldImage: old as never } : {}),
      SequenceNumber: sequenceText(sequence),
      SizeBytes: size,
      StreamViewType: stream.view,
    },
    ...(expired ? { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } } : {}),
  };
}

/** 32 hexadecimal digits; the same whenever the record is read. */
const eventId = ({ createdAt }: StreamRecord, sequence: number): string =>
  `${createdAt.toString(16).padStart(14, '0')}${sequence.toString(16).padStart(18, '0')}`;
