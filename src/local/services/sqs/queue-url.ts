/**
 * URLs of queues. On AWS the host says the region; here one listener serves all, so that the path says it of queues
 * outside the home region: a client that signs for another region is not answered by a queue of the same name there.
 */
import type { Scope } from '../../../core/regions.ts';
import type { ServiceEnvironment } from '../../service.ts';

export const queueUrl = (
  { endpoint, accountId, region, home }: Pick<ServiceEnvironment, 'endpoint' | 'home' | keyof Scope>,
  name: string,
): string => `${endpoint}${region === home.region ? '' : `/queue/${region}`}/${accountId}/${name}`;

/** Any host: the end of the path says which queue. Some clients give the bare name. */
export function readQueueUrl(url: string): Partial<Scope> & { readonly name: string } {
  const slash = url.lastIndexOf('/');
  if (slash < 0) return { name: url };
  const before = url.lastIndexOf('/', slash - 1);
  const name = url.slice(slash + 1);
  const accountId = url.slice(before + 1, slash);
  const region = /\/queue\/([a-z0-9-]+)$/.exec(url.slice(0, Math.max(before, 0)))?.[1];
  return { name, accountId, ...(region === undefined ? {} : { region }) };
}
