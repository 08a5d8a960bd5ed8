/**
 * Connections whose client stalls: the head of a request that does not come, a body that stops coming, an answer that
 * nobody reads. A call that waits for us (a long poll, an invocation) may take as long as it does.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';

export interface ConnectionLimits {
  /** For the head of a request, from the connection's first moment. */
  readonly headMs: number;
  /** In this time a body, or an answer, moves by `leastBytes`. */
  readonly stalledMs: number;
  readonly leastBytes: number;
  readonly connections: number;
}

/** S3 closes connections that are idle for 20 to 60 seconds: RequestTimeout of its list of errors. */
export const defaultConnectionLimits: ConnectionLimits = {
  headMs: 20_000,
  stalledMs: 60_000,
  leastBytes: 1024,
  connections: 10_000,
};

interface Watched {
  /** The newest. */
  request?: IncomingMessage;
  /** Bytes in both directions, when they had last moved enough. */
  moved: number;
  since: number;
}

/** Watches what a server is connected to until it is closed. */
export function closeStalled(server: Server, clock: Clock, limits: ConnectionLimits): void {
  const { stalledMs, leastBytes } = limits;
  const watched = new Map<Socket, Watched>();
  server.on('connection', (socket: Socket) => {
    watched.set(socket, { moved: 0, since: performance.now() });
    socket.once('close', () => watched.delete(socket));
  });
  const begin = (request: IncomingMessage) => {
    const one = watched.get(request.socket);
    if (one) one.request = request;
  };
  server.on('request', begin);
  server.on('checkContinue', begin);
  const timer = clock.ownedBy('stalled connections').every(stalledMs / 4, () => {
    const now = performance.now();
    for (const [socket, one] of watched) {
      const moved = socket.bytesRead + socket.bytesWritten;
      if (!waitsForClient(socket, one) || moved - one.moved >= leastBytes) {
        one.moved = moved;
        one.since = now;
      } else if (now - one.since >= stalledMs) socket.destroy();
    }
  });
  server.once('close', () => timer.cancel());
}

/** Between requests Node.js itself watches; a body that we do not take is not the client's fault. */
const waitsForClient = (socket: Socket, { request }: Watched): boolean =>
  socket.writableLength > 0 ||
  (request !== undefined && !request.complete && request.readableFlowing === true);
