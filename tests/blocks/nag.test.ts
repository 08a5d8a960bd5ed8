import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, test } from 'vitest';
import { stageNames } from '../../src/blocks/index.ts';
import { api, findingsOf, newStack, operations, pipeline, site } from './synth.ts';

for (const stage of stageNames) {
  test(`the site has no unacknowledged AwsSolutions finding in ${stage}`, () => {
    expect(findingsOf(site(stage).app)).toEqual([]);
  });
  test(`the API has no unacknowledged AwsSolutions finding in ${stage}, with and without a key`, () => {
    expect(findingsOf(api(stage, { allowOrigin: 'https://example.org' }).app)).toEqual([]);
    expect(findingsOf(api(stage, { apiKey: { rateLimit: 1, burstLimit: 2 } }).app)).toEqual([]);
  });
  test(`the pipeline has no unacknowledged AwsSolutions finding in ${stage}, on either network`, () => {
    expect(findingsOf(pipeline(stage).app)).toEqual([]);
    expect(findingsOf(pipeline(stage, { network: 'private-endpoints' }).app)).toEqual([]);
  });
  test(`operations have no unacknowledged AwsSolutions finding in ${stage}`, () => {
    expect(findingsOf(operations(stage, { monthlyBudgetUsd: 10, email: 'ops@example.org' }).app)).toEqual([]);
  });
}

test('the check itself sees a bucket that the blocks did not make', () => {
  const { app, stack } = newStack();
  new Bucket(stack, 'Bare');
  expect(findingsOf(app).map((finding) => finding.split(' ')[0])).toContain('AwsSolutions-S10');
});
