/** Length-prefixed messages between the local cloud and a function's process: one byte of kind, four of length. */

/** Cloud to function. */
export const invoke = 1;
/** The environment variables, once, before anything else. */
export const configure = 7;
/** Function to cloud. */
export const ready = 2;
export const initFailed = 3;
export const log = 4;
export const succeeded = 5;
export const failed = 6;

const headerBytes = 5;

export function encodeFrame(kind: number, header: object | undefined, body: Uint8Array): Buffer {
  const head = header === undefined ? Buffer.alloc(0) : Buffer.from(`${JSON.stringify(header)}\n`);
  const frame = Buffer.allocUnsafe(headerBytes + head.length + body.length);
  frame.writeUInt8(kind, 0);
  frame.writeUInt32BE(head.length + body.length, 1);
  head.copy(frame, headerBytes);
  frame.set(body, headerBytes + head.length);
  return frame;
}

/** Takes apart what `encodeFrame` was given a header for. */
export function splitHeader(payload: Buffer): { header: unknown; body: Buffer } {
  const end = payload.indexOf(10);
  return { header: JSON.parse(payload.subarray(0, end).toString()), body: payload.subarray(end + 1) };
}

/** @returns a function that takes chunks as they arrive and calls `onFrame` for every whole frame */
export function frameReader(onFrame: (kind: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    for (;;) {
      if (size < headerBytes) return;
      let [first = Buffer.alloc(0)] = chunks;
      if (first.length < headerBytes) {
        first = Buffer.concat(chunks);
        chunks = [first];
      }
      const end = headerBytes + first.readUInt32BE(1);
      if (size < end) return;
      const all = chunks.length === 1 ? first : Buffer.concat(chunks);
      size -= end;
      chunks = size > 0 ? [all.subarray(end)] : [];
      onFrame(all.readUInt8(0), all.subarray(headerBytes, end));
    }
  };
}
