/** Random requests to every operation in each of its protocols. The seed and the number come from the environment. */
import { expect, it } from 'vitest';
import { fuzz } from './run.ts';

const requests = Number(process.env.SLIPWAY_FUZZ_REQUESTS ?? 4000);
const seed = Number(process.env.SLIPWAY_FUZZ_SEED ?? 1);

it(`answers ${requests} random requests, and none of them with an error of its own`, async () => {
  const { answered, findings, exitCode } = await fuzz({ requests, seed });
  expect(findings).toEqual([]);
  expect(exitCode).toBeNull();
  expect(answered).toBeGreaterThan(requests / 2);
}, 300_000);
