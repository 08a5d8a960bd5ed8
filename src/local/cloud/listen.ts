/** Takes the port before anything that carries it in a URL is built; requests are answered once the edge is there. */
import { createServer, type Server } from 'node:http';
import { SlipwayError } from '../../core/errors.ts';
import type { ConnectionLimits } from '../edge/stalled-connections.ts';

export interface Listener {
  readonly server: Server;
  readonly port: number;
}

export function listen(port: number, { headMs, connections }: ConnectionLimits): Promise<Listener> {
  const server = createServer({
    keepAliveTimeout: 75_000,
    headersTimeout: headMs,
    connectionsCheckingInterval: Math.ceil(headMs / 4),
    // The whole of an upload may take long: edge/stalled-connections.ts looks whether it moves.
    requestTimeout: 0,
  });
  server.maxConnections = connections;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new SlipwayError('local.port-taken', `port ${port} is in use`, {
              fix: 'stop what listens there, or choose another with --port',
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : port });
    });
  });
}
