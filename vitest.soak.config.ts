// `npm run soak`: runs that take minutes and are not part of `npm test`.
import { defineConfig } from 'vitest/config';
import { common } from './vitest.config.ts';

export default defineConfig({
  test: {
    ...common,
    include: ['tests/soak/**/*.test.ts'],
    globalSetup: ['tests/system/synthesized.ts'],
    fileParallelism: false,
  },
});
