/**
 * An answer that comes as a stream of events, in AWS's binary framing.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { writeJson } from './json.ts';
import type { StructureShape } from './shape.ts';

export const eventStreamType = 'application/vnd.amazon.eventstream';

/** @param events one member of the union each */
export function eventStream(
  union: StructureShape,
  events: AsyncIterable<Readonly<Record<string, unknown>>>,
): Readable {
  async function* frames(): AsyncGenerator<Buffer> {
    for await (const event of events)
      for (const [name, value] of Object.entries(event)) {
        const frame = encodeEvent(union, name, value);
        if (frame) yield frame;
      }
  }
  return Readable.from(frames(), { objectMode: false });
}

function encodeEvent(union: StructureShape, name: string, value: unknown): Buffer | undefined {
  const shape = union.byName.get(name)?.shape;
  if (shape?.kind !== 'structure') return undefined;
  const raw = shape.members.find(({ traits }) => traits.eventPayload);
  const type = { ':message-type': 'event', ':event-type': name };
  if (raw?.shape.kind !== 'blob')
    return frame(
      { ...type, ':content-type': 'application/json' },
      JSON.stringify(writeJson(shape, value, true)),
    );
  const bytes = (value as Readonly<Record<string, Uint8Array | undefined>>)[raw.name];
  return frame({ ...type, ':content-type': 'application/octet-stream' }, bytes ?? '');
}

const textHeader = 7;

function frame(headers: Readonly<Record<string, string>>, payload: string | Uint8Array): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([textHeader, value.length >> 8, value.length & 255]),
      Buffer.from(value),
    ]),
  );
  const body = Buffer.from(payload);
  const whole = Buffer.alloc(12 + head.length + body.length + 4);
  whole.writeUInt32BE(whole.length, 0);
  whole.writeUInt32BE(head.length, 4);
  whole.writeUInt32BE(crc32(whole.subarray(0, 8)), 8);
  head.copy(whole, 12);
  body.copy(whole, 12 + head.length);
  whole.writeUInt32BE(crc32(whole.subarray(0, -4)), whole.length - 4);
  return whole;
}
