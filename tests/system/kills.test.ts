/** kill -9 while the cloud is written to; `npm run soak` does the same 500 times. */
import { expect, it } from 'vitest';
import { kill } from '../kills/run.ts';

it('loses nothing that it acknowledged, over four kills', async () => {
  const { acknowledged, lost } = await kill({ kills: 4, writesMs: 700 });
  expect(lost).toEqual([]);
  for (const count of Object.values(acknowledged)) expect(count).toBeGreaterThan(0);
}, 120_000);
