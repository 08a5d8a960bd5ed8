import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'systems/*/tests/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The SDK's schema files are ES modules without "type": "module"; Node cannot import them as they are.
    server: { deps: { inline: [/@aws-sdk\/client-[^/]+\/dist-es/] } },
  },
});
