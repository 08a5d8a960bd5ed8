import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
beforeAll(async () => {
  cloud = await testCloud();
  functions = functionsOf(cloud, await functionRole(cloud, 'function-role'));
});
afterAll(() => cloud.dispose());

describe('a function', () => {
  it('answers what its CommonJS handler returns', async () => {
    await functions.create('cjs', {
      'index.js': 'exports.handler = async (event) => ({ got: event, cwd: process.cwd() === __dirname });',
    });
    const answer = await functions.call('cjs', { a: 1 });
    expect(answer).toMatchObject({
      status: 200,
      error: undefined,
      payload: { got: { a: 1 }, cwd: true },
      version: '$LATEST',
    });
  });

  it('keeps its process, and what it remembers, between invocations', async () => {
    await functions.create('warm', { 'index.mjs': 'let n = 0; export const handler = async () => ++n;' });
    expect((await functions.call('warm')).payload).toBe(1);
    expect((await functions.call('warm')).payload).toBe(2);
  });
});
