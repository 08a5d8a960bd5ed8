/** Where a call goes: which account's service handles it, and of which region. */
import { globalRegion, type Scope } from '../../core/regions.ts';
import type { Accounts } from '../iam/accounts.ts';
import { type ServiceEntry, services } from '../services/registry.ts';

const byId = new Map(services.map((entry) => [entry.id as string, entry]));

export const entryOf = (id: string): ServiceEntry | undefined => byId.get(id);

/**
 * @param from the caller's account, and the region that was signed for or that the calling service is in. What belongs
 * to an account that is not here is looked for in the caller's: its service answers as AWS does.
 */
export function callScope(
  id: string,
  input: Readonly<Record<string, unknown>>,
  from: Scope,
  accounts: Pick<Accounts, 'exists'>,
): Scope {
  const entry = byId.get(id);
  if (!entry) return from;
  const owner = entry.ownerOf?.(input);
  const accountId =
    owner !== undefined && owner !== from.accountId && accounts.exists(owner) ? owner : from.accountId;
  const region = entry.global ? globalRegion : from.region;
  return accountId === from.accountId && region === from.region ? from : { accountId, region };
}
