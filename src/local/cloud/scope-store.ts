/**
 * The part of the store that the services of an account and region have. That of the home region has the whole store's
 * names, so that state folders that knew no other stay as they are.
 */
import { join } from 'node:path';
import { type Scope, sameScope } from '../../core/regions.ts';
import type { Store } from '../store/store.ts';

export function scopeStore(store: Store, scope: Scope, home: Scope): Store {
  if (sameScope(scope, home)) return store;
  const { accountId, region } = scope;
  return {
    ...store,
    directory: join(store.directory, 'accounts', accountId, region),
    collection: (name) => store.collection(`${accountId}/${region}/${name}`),
  };
}
