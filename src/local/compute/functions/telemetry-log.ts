/**
 * How AWS's runtimes tell log events that may have several lines: frames on the descriptor that
 * `_LAMBDA_TELEMETRY_LOG_FD` names. Four bytes of kind (0xa55a and the form), four of length, eight of time in µs.
 * https://github.com/aws/aws-lambda-python-runtime-interface-client (FramedTelemetryLogSink)
 */
const headerBytes = 16;

export function encodeLog(time: number, text: string): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes + Buffer.byteLength(text));
  frame.writeUInt32BE(0xa55a0003, 0);
  frame.writeUInt32BE(frame.length - headerBytes, 4);
  frame.writeBigUInt64BE(BigInt(time) * 1000n, 8);
  frame.write(text, headerBytes);
  return frame;
}

/**
 * @returns a function that takes chunks as they arrive and calls `onLog` for every whole frame
 * @throws for what is no frame: the function's own code can write to the descriptor
 */
export function logReader(onLog: (time: number, text: string) => void): (chunk: Buffer) => void {
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
      if (first.readUInt16BE(0) !== 0xa55a) throw new Error('not a log frame');
      const end = headerBytes + first.readUInt32BE(4);
      if (size < end) return;
      const all = chunks.length === 1 ? first : Buffer.concat(chunks);
      size -= end;
      chunks = size > 0 ? [all.subarray(end)] : [];
      const text = all.toString('utf8', headerBytes, end);
      onLog(Number(all.readBigUInt64BE(8) / 1000n), text.endsWith('\n') ? text.slice(0, -1) : text);
    }
  };
}
