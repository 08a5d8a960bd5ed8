/** Items in the store: see ../../../table-streams/packed-items.ts. */
import type { Collection, Store } from '../../../store/store.ts';
import { packed, unpacked } from '../../../table-streams/packed-items.ts';
import type { Item } from '../values/types.ts';

export function storedItems(store: Store): Collection<Item> {
  const records = store.collection<Item>('dynamodb.items');
  return {
    ...records,
    get(key) {
      const record = records.get(key);
      return record && unpacked(record);
    },
    put: (key, item) => records.put(key, packed(item)),
    *entries(range) {
      for (const [key, record] of records.entries(range)) yield [key, unpacked(record)] as const;
    },
    *values(range) {
      for (const record of records.values(range)) yield unpacked(record);
    },
  };
}
