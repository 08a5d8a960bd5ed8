import { expect, test } from 'vitest';
import { api, golden, operations, pipeline, site, templateOf } from './synth.ts';

// To review a change on purpose: npx vitest run tests/blocks/goldens.test.ts -u, and read the difference.
/** Name of the golden, what to build, logical ids to show. */
const goldens = [
  ['static-site.prod', () => site('prod'), ''],
  ['json-rest-api.prod', () => api('prod', { allowOrigin: 'https://example.org' }), ''],
  ['job-pipeline.prod', () => pipeline('prod', { corsOrigins: ['https://example.org'] }), ''],
  [
    'operations.prod',
    () => operations('prod', { monthlyBudgetUsd: 50, email: 'ops@example.org' }),
    'Operations',
  ],
] as const;

for (const [name, build, prefix] of goldens) {
  test(`${name} synthesizes to its reviewed template`, async () => {
    await expect(golden(templateOf(build()), prefix)).toMatchFileSnapshot(`goldens/${name}.yaml`);
  });
}
