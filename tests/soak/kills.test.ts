/** The kills of tests/kills for as long as it takes: SLIPWAY_KILLS says how many. */
import { expect, it } from 'vitest';
import { kill } from '../kills/run.ts';

const kills = Number(process.env.SLIPWAY_KILLS ?? 500);

it(`loses nothing that it acknowledged, over ${kills} kills`, async () => {
  const { acknowledged, lost } = await kill({ kills, writesMs: 1500, progress: (line) => console.log(line) });
  console.log(`${kills} kills, acknowledged ${JSON.stringify(acknowledged)}`);
  expect(lost).toEqual([]);
}, 7_200_000);
