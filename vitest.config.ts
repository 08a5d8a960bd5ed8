import { defineConfig } from 'vitest/config';

export const common = {
  pool: 'forks' as const,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // The SDK's notice that it will stop supporting Node.js 20 would stand in the output of every test file.
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  // The SDK's schema files are ES modules without "type": "module"; Node cannot import them as they are.
  server: { deps: { inline: [/@aws-sdk\/client-[^/]+\/dist-es/] } },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: ['tests/**/*.test.ts', 'systems/*/tests/**/*.test.ts'],
          exclude: [
            'tests/system/**',
            'tests/fuzz/operations.test.ts',
            'tests/package/**',
            'tests/soak/**',
            '**/node_modules/**',
          ],
        },
      },
      {
        test: {
          ...common,
          name: 'system',
          include: ['tests/system/**/*.test.ts', 'tests/fuzz/operations.test.ts'],
          globalSetup: ['tests/system/synthesized.ts'],
          // They measure themselves against time-outs of real processes: one at a time.
          fileParallelism: false,
        },
      },
      {
        test: {
          ...common,
          name: 'package',
          include: ['tests/package/**/*.test.ts'],
          globalSetup: ['tests/package/installed.ts'],
          // They start compilers, test runners and whole clouds.
          testTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
