/** A template file of any size is deployed, and one that the CDK wrote also without its assembly. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startLocalCloud } from '../../src/api/local.ts';

it('deploys a template above what a call takes, which asks for the version of the bootstrap stack', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-large-'));
  const file = join(folder, 'Large.template.json');
  writeFileSync(
    file,
    JSON.stringify({
      Metadata: { why: 'x'.repeat(60_000) },
      Parameters: {
        BootstrapVersion: {
          Type: 'AWS::SSM::Parameter::Value<String>',
          Default: '/cdk-bootstrap/hnb659fds/version',
        },
      },
      Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
    }),
  );
  await using cloud = await startLocalCloud();
  const { stacks } = await cloud.up(file);
  expect(stacks.map(({ stackName, changed }) => [stackName, changed])).toEqual([['Large', true]]);
  const again = await cloud.up(file);
  expect(again.stacks.map(({ changed }) => changed)).toEqual([false]);
  rmSync(folder, { recursive: true, force: true });
});
