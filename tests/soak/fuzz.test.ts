/** The fuzzer of tests/fuzz for as long as it takes: SLIPWAY_FUZZ_REQUESTS says how many requests. */
import { expect, it } from 'vitest';
import { fuzz } from '../fuzz/run.ts';

const requests = Number(process.env.SLIPWAY_FUZZ_REQUESTS ?? 1_000_000);
const seed = Number(process.env.SLIPWAY_FUZZ_SEED ?? Date.now() % 2 ** 31);

it(`answers ${requests} random requests of seed ${seed}`, async () => {
  const result = await fuzz({ requests, seed, progress: (line) => console.log(line) });
  console.log(
    `${JSON.stringify(result.byStatus)}, health after ${Math.round(result.slowestHealth)} ms at most`,
  );
  expect(result.findings).toEqual([]);
  expect(result.exitCode).toBeNull();
}, 7_200_000);
