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

const marker = '/queue';

/** Any host: the end of the path says which queue. Some clients give the bare name. */
export function readQueueUrl(url: string): Partial<Scope> & { readonly name: string } {
  const slash = url.lastIndexOf('/');
  if (slash < 0) return { name: url };
  const before = url.lastIndexOf('/', slash - 1);
  const name = url.slice(slash + 1);
  const accountId = url.slice(before + 1, slash);
  // Read in every call: without a pattern.
  const third = before <= 0 ? -1 : url.lastIndexOf('/', before - 1);
  if (third < marker.length || !url.startsWith(marker, third - marker.length)) return { name, accountId };
  return { name, accountId, region: url.slice(third + 1, before) };
}
