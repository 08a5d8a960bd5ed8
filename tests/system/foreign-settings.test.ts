/** What a shell says of another AWS account: mentioned, not used, and no hindrance. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const program = join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-foreign-'));
  writeFileSync(
    join(folder, 'files.json'),
    JSON.stringify({ Resources: { Files: { Type: 'AWS::S3::Bucket' } } }),
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const slipway = (environment: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const env = { PATH: process.env.PATH, HOME: folder, ...environment };
    execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: `${stdout}${stderr}` }),
    );
  });

const foreign = {
  AWS_PROFILE: 'customer-production',
  AWS_ACCESS_KEY_ID: 'AKIAOTHERACCOUNT0000',
  AWS_SECRET_ACCESS_KEY: 'a-secret-of-another-account',
  AWS_SESSION_TOKEN: 'a-token-of-another-account',
  AWS_ENDPOINT_URL: 'https://user:a-password@aws.example.com',
  AWS_REGION: 'eu-west-1',
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_MAX_ATTEMPTS: 'many',
};

it('is mentioned in one line without its secrets, and every command works', async () => {
  const up = await slipway(foreign, 'up', 'files.json', '--detach', '--port', '0');
  const lines = up.output.split('\n').filter((line) => line.startsWith('your shell sets '));
  expect([up.code, lines], up.output).toEqual([
    0,
    [expect.stringContaining('the profile customer-production')],
  ]);
  expect(lines[0]).toContain('AWS_ENDPOINT_URL=https://aws.example.com');
  expect(up.output).not.toMatch(/secret-of|token-of|a-password|AKIAOTHER/);
  for (const command of [['status'], ['bill']])
    expect(await slipway(foreign, ...command)).toMatchObject({ code: 0 });
  await slipway(foreign, 'down');
});

it('is not mentioned where there is none', async () => {
  const up = await slipway({}, 'up', 'files.json', '--detach', '--port', '0');
  expect([up.code, up.output]).toEqual([0, expect.not.stringContaining('your shell')]);
  await slipway({}, 'down');
});
