/** What is this request for: an AWS API, a data plane (execute-api, a distribution), or Slipway's own control? */
import { regions } from '../../core/regions.ts';
import type { ServiceEntry } from '../services/registry.ts';
import type { ProtocolKind } from '../wire/protocol.ts';
import { type HttpHead, headerOf } from '../wire/rest.ts';
import { type FoundSignature, findSignature } from './find-signature.ts';
import { isOurHost } from './our-host.ts';

export interface NamedByHost {
  /** Of a service that is `addressedBy` it. */
  readonly named?: string | undefined;
  /** `sqs.eu-west-1.amazonaws.com` */
  readonly region?: string | undefined;
}

export type Target =
  | { readonly kind: 'control' }
  | { readonly kind: 'data-plane'; readonly service: string }
  | ({
      readonly kind: 'api';
      readonly entry: ServiceEntry;
      readonly protocol: ProtocolKind;
      readonly signature: FoundSignature;
    } & NamedByHost)
  /** Unsigned, and to a host that may be anybody's: see ./our-host.ts. */
  | { readonly kind: 'foreign-host'; readonly host: string }
  | { readonly kind: 'unknown'; readonly hint: string };

interface HostMeaning {
  readonly isOurs: boolean;
  readonly dataPlane?: string;
  readonly region: string | undefined;
  /** By service id. */
  readonly named: ReadonlyMap<string, string>;
}

export type Identify = (head: HttpHead) => Target;

export function createIdentify(services: readonly ServiceEntry[]): Identify {
  const byTarget = new Map(services.flatMap((entry) => (entry.target ? [[entry.target, entry]] : [])));
  const paths = services.flatMap(({ id, dataPlane }) =>
    dataPlane?.path ? [{ id, path: dataPlane.path }] : [],
  );
  const forAnonymous = services.find((entry) => entry.anonymous);
  const hosts = new Map<string, HostMeaning>();

  /** Clients use few hosts, and each is a row of regular expressions. */
  const meaningOf = (header: string): HostMeaning => {
    let known = hosts.get(header);
    if (!known) {
      const host = header.replace(/:\d+$/, '').toLowerCase();
      const dataPlane = services.find((entry) => entry.dataPlane?.host.test(host))?.id;
      const named = services.flatMap(({ id, addressedBy }): [string, string][] => {
        const name = addressedBy?.host.exec(host)?.[1];
        return name === undefined ? [] : [[id, name]];
      });
      known = {
        isOurs: dataPlane !== undefined || named.length > 0 || isOurHost(host),
        ...(dataPlane === undefined ? {} : { dataPlane }),
        region: regionOfHost(host),
        named: new Map(named),
      };
      if (hosts.size >= 1000) hosts.clear();
      hosts.set(header, known);
    }
    return known;
  };

  return (head) => {
    const { path, method } = head;
    const hostHeader = headerOf(head, 'host') ?? '';
    const host = meaningOf(hostHeader);
    const foreign = (): Target => ({ kind: 'foreign-host', host: hostHeader });
    if (path.startsWith('/_')) {
      if (path.startsWith('/_slipway/')) return host.isOurs ? { kind: 'control' } : foreign();
      const plane = paths.find((one) => path.startsWith(one.path))?.id;
      if (plane !== undefined && host.dataPlane === undefined)
        return host.isOurs ? { kind: 'data-plane', service: plane } : foreign();
    }
    if (host.dataPlane !== undefined) return { kind: 'data-plane', service: host.dataPlane };

    const { region } = host;
    const signature = findSignature(head);
    const contentType = headerOf(head, 'content-type') ?? '';
    const target = headerOf(head, 'x-amz-target');
    if (target !== undefined) {
      const entry = byTarget.get(target.slice(0, target.indexOf('.')));
      if (!entry) return { kind: 'unknown', hint: `X-Amz-Target ${target}` };
      const protocol = contentType.includes('json-1.1') ? 'json1.1' : 'json1.0';
      return { kind: 'api', entry, protocol, signature, region };
    }
    const query =
      (method === 'POST' || method === 'GET') &&
      (contentType.startsWith('application/x-www-form-urlencoded') || head.query.has('Action'));
    if (signature.kind === 'signed') {
      const signedFor = signature.parts.service;
      const named = services.filter((entry) => entry.signingName === signedFor);
      const byPath = named.filter(({ pathStart }) => pathStart !== undefined && path.startsWith(pathStart));
      const candidates = byPath.length > 0 ? byPath : named;
      if (candidates.length === 0) return { kind: 'unknown', hint: `service ${signedFor}` };
      for (const entry of candidates) {
        // The preflight of a presigned URL carries its signature too, for another method: nothing to check it against.
        if (method === 'OPTIONS' && entry.preflights) return { kind: 'data-plane', service: entry.id };
        if (query && entry.protocols.includes('query'))
          return { kind: 'api', entry, protocol: 'query', signature, region };
        const protocol = restOf(entry);
        if (protocol)
          return { kind: 'api', entry, protocol, signature, region, named: host.named.get(entry.id) };
      }
      return { kind: 'unknown', hint: `a ${signedFor} request without X-Amz-Target or Action` };
    }
    if (signature.kind === 'unsigned' && !host.isOurs) return foreign();
    if (query && !(signature.kind === 'unusable' && signature.v2)) {
      // Whichever service it is for (its body says): unsigned, it gets the same refusal from all of them.
      const version = head.query.get('Version');
      const entry =
        services.find((s) => s.version && s.version === version) ??
        services.find((s) => s.protocols.includes('query'));
      return entry
        ? { kind: 'api', entry, protocol: 'query', signature }
        : { kind: 'unknown', hint: 'an unsigned query request' };
    }
    const protocol = forAnonymous && restOf(forAnonymous);
    if (!protocol) return { kind: 'unknown', hint: 'an unsigned request' };
    if (method === 'OPTIONS' && forAnonymous.preflights)
      return { kind: 'data-plane', service: forAnonymous.id };
    const named = host.named.get(forAnonymous.id);
    return { kind: 'api', entry: forAnonymous, protocol, signature, region, named };
  };
}

/** Also of older names: `s3-eu-west-1.amazonaws.com`. */
function regionOfHost(host: string): string | undefined {
  if (!/\.(?:amazonaws\.com|localhost)$/.test(host)) return undefined;
  for (const label of host.split('.')) {
    const name = label.replace(/^s3-/, '');
    if (regions.has(name)) return name;
  }
  return undefined;
}

const restOf = ({ protocols }: ServiceEntry): 'rest-json' | 'rest-xml' | undefined => {
  for (const protocol of protocols) if (protocol === 'rest-json' || protocol === 'rest-xml') return protocol;
  return undefined;
};
