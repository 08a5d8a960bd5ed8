/**
 * Connections of a function to AWS's own host names go to the local cloud: below everything that opens one (http, https,
 * fetch, http2), so that no code has to know of it.
 */
import { Socket } from 'node:net';

export interface DirectedHosts {
  /** A regular expression, over names in lower case. */
  readonly pattern: string;
  readonly httpPort: number;
  readonly httpsPort: number;
}

interface Address {
  readonly host?: unknown;
  readonly port?: unknown;
}

const isAddress = (value: unknown): value is Address => typeof value === 'object' && value !== null;

/** Clients put a word before the endpoint's name for some operations: `sync-127.0.0.1` for StartSyncExecution. */
const isPrefixed = (host: unknown): boolean => typeof host === 'string' && /^[a-z]+-127\.0\.0\.1$/.test(host);

export function directHosts({ pattern, httpPort, httpsPort }: DirectedHosts): void {
  const directed = new RegExp(pattern);
  const { connect } = Socket.prototype;
  const localPort = ({ host, port }: Address): number | undefined => {
    if (typeof host !== 'string' || !directed.test(host.toLowerCase())) return undefined;
    return Number(port) === 443 ? httpsPort : Number(port) === 80 ? httpPort : undefined;
  };
  const local = (given: Address): Address | undefined => {
    if (isPrefixed(given.host)) return { ...given, host: '127.0.0.1' };
    const port = localPort(given);
    return port === undefined ? undefined : { ...given, host: '127.0.0.1', port };
  };
  Object.assign(Socket.prototype, {
    connect(this: Socket, ...args: unknown[]) {
      const [first, second] = args;
      if (Array.isArray(first)) {
        // As node:net and node:tls hand on what they were given: the list itself carries a mark.
        if (isAddress(first[0])) first[0] = local(first[0]) ?? first[0];
      } else if (isAddress(first)) args[0] = local(first) ?? first;
      else if (isPrefixed(second)) args[1] = '127.0.0.1';
      else {
        const port = localPort({ host: second, port: first });
        if (port !== undefined) args.splice(0, 2, port, '127.0.0.1');
      }
      return Reflect.apply(connect, this, args);
    },
  });
}
