/** An app is run by its own command, its look-ups are answered from the local cloud, and what it lacks is said. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appStacks } from '../../src/api/app-stacks.ts';
import { silentHost } from '../../src/core/events.ts';
import { type TestCloud, testCloud } from '../local/harness.ts';

const root = mkdtempSync(join(tmpdir(), 'slipway-synthesis-'));
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(async () => {
  await cloud.dispose();
  rmSync(root, { recursive: true, force: true });
});

const modules = resolve(import.meta.dirname, '../../node_modules');

function folderWith(files: Readonly<Record<string, string | object>>): string {
  const folder = mkdtempSync(join(root, 'app-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** A CDK app of one stack in the region of the cloud; `body` has `cdk` and the `stack`. */
const cdkApp = (body: string, more: Readonly<Record<string, string | object>> = {}) =>
  folderWith({
    'cdk.json': { app: 'node app.cjs' },
    'app.cjs': `
      const cdk = require(${JSON.stringify(join(modules, 'aws-cdk-lib'))});
      const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
      const stack = new cdk.Stack(new cdk.App(), 'App', { env: { account, region } });
      const out = (name, value) => new cdk.CfnOutput(stack, name, { value });
      new cdk.aws_sqs.Queue(stack, 'Queue');
      ${body}
    `,
    ...more,
  });

/** The texts of its outputs, as synthesized. */
async function outputsOf(target: string, context: Readonly<Record<string, string>> = {}) {
  const [stack] = await appStacks({ target, cloud, context, host: silentHost });
  const { Outputs } = JSON.parse(stack?.text ?? '{}') as {
    readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  };
  return Object.fromEntries(Object.entries(Outputs).map(([name, { Value }]) => [name, Value]));
}

describe("a CDK app's look-ups", () => {
  it('are answered from the local cloud, also those that follow from the first, and stay out of cdk.context.json', async () => {
    await new SSMClient(cloud.client()).send(
      new PutParameterCommand({ Name: '/domain', Value: 'here.example', Type: 'String' }),
    );
    const app = cdkApp(`
      const { Vpc, SecurityGroup, MachineImage } = cdk.aws_ec2;
      const vpc = Vpc.fromLookup(stack, 'Vpc', { isDefault: true });
      out('vpc', vpc.vpcId);
      out('cidr', vpc.vpcCidrBlock);
      out('subnets', vpc.publicSubnets.map((subnet) => subnet.availabilityZone).join());
      out('zones', stack.availabilityZones.join());
      out('domain', cdk.aws_ssm.StringParameter.valueFromLookup(stack, '/domain'));
      out('absent', cdk.aws_ssm.StringParameter.valueFromLookup(stack, '/absent', 'nothing'));
      out('image', MachineImage.lookup({ name: 'mine-*' }).getImage(stack).imageId);
      if (!vpc.vpcId.includes('12345'))
        out('group', SecurityGroup.fromLookupByName(stack, 'Group', 'default', vpc).securityGroupId);
    `);
    expect(await outputsOf(app)).toEqual({
      vpc: expect.stringMatching(/^vpc-0[0-9a-f]{16}$/),
      cidr: '172.31.0.0/16',
      subnets: expect.stringMatching(/^us-east-1a,us-east-1b,us-east-1c/),
      zones: 'us-east-1a,us-east-1b,us-east-1c,us-east-1d,us-east-1e,us-east-1f',
      domain: 'here.example',
      absent: 'nothing',
      image: expect.stringMatching(/^ami-0[0-9a-f]{16}$/),
      group: expect.stringMatching(/^sg-0[0-9a-f]{16}$/),
    });
    expect(existsSync(join(app, 'cdk.context.json'))).toBe(false);
  });

  it.each([
    [
      'a hosted zone',
      "cdk.aws_route53.HostedZone.fromLookup(stack, 'Zone', { domainName: 'example.com' })",
      /hosted-zone:account=\d+:domainName=example.com:region=us-east-1 \(hosted-zone\): Route 53 is not here/,
    ],
    [
      'a VPC of a name',
      "cdk.aws_ec2.Vpc.fromLookup(stack, 'Vpc', { vpcName: 'main' })",
      /only the default VPC \(vpc-[0-9a-f]+\) can be looked up here, not one with tag:Name main/,
    ],
    [
      'a parameter',
      "cdk.aws_ssm.StringParameter.valueFromLookup(stack, '/not/there')",
      /there is no SSM parameter \/not\/there here/,
    ],
    [
      'a load balancer',
      "cdk.aws_elasticloadbalancingv2.ApplicationLoadBalancer.fromLookup(stack, 'L', { loadBalancerTags: { a: 'b' } })",
      /load balancers are not here/,
    ],
    [
      'a key',
      "cdk.aws_kms.Key.fromLookup(stack, 'Key', { aliasName: 'alias/mine' })",
      /\(key-provider\): KMS keys are not here/,
    ],
  ])('are refused by name, with the context to give: %s', async (_, code, message) => {
    const given = appStacks({ target: cdkApp(code), cloud, host: silentHost });
    await expect(given).rejects.toThrow(message);
    await expect(given).rejects.toMatchObject({ fix: expect.stringContaining('--context') });
  });

  it('take what --context and cdk.context.json say', async () => {
    const key = `hosted-zone:account=${cloud.accountId}:domainName=example.com:region=us-east-1`;
    const code =
      "out('zone', cdk.aws_route53.HostedZone.fromLookup(stack, 'Zone', { domainName: 'example.com' }).hostedZoneId)";
    const value = { Id: '/hostedzone/Z1', Name: 'example.com.' };
    expect(await outputsOf(cdkApp(code), { [key]: JSON.stringify(value) })).toEqual({ zone: 'Z1' });
    const cached = cdkApp(code, { 'cdk.context.json': { [key]: value } });
    expect(await outputsOf(cached)).toEqual({ zone: 'Z1' });
    expect(JSON.parse(readFileSync(join(cached, 'cdk.context.json'), 'utf8'))).toEqual({ [key]: value });
  });
});

describe("an app's own command", () => {
  it.each([
    ['package.json', { dependencies: { '@aws-cdk/core': '1.204.0' } }],
    ['requirements.txt', 'boto3\naws-cdk.core==1.100.0\n'],
    ['setup.py', 'install_requires=["aws-cdk.core==1.77.0"]'],
    ['pom.xml', '<groupId>software.amazon.awscdk</groupId>\n<artifactId>core</artifactId>'],
    ['go.mod', 'require github.com/aws/aws-cdk-go/awscdk v1.110.0-devpreview'],
  ])('is not run for version 1 of the CDK, which %s names', async (file, content) => {
    const target = folderWith({ 'cdk.json': { app: 'echo ran && exit 3' }, [file]: content });
    await expect(appStacks({ target, cloud, host: silentHost })).rejects.toThrow(
      new RegExp(`written for version 1 of the AWS CDK \\(${file}`),
    );
  });

  it.each([
    ['a missing tool', 'no-such-tool-for-cdk run', /needs no-such-tool-for-cdk, which is not on the PATH/],
    ['a missing package of Python', 'python3 -c "import aws_cdk_not_there"', /python3 -m venv .venv/],
    ['a missing package of Node.js', 'node -e "require(\'aws-cdk-not-there\')"', /run npm install/],
    ['anything else', 'echo out; echo err >&2; exit 4', /comes from the app/],
  ])('says what it printed and what helps when it fails: %s', async (_, app, fix) => {
    const target = folderWith({ 'cdk.json': { app } });
    await expect(appStacks({ target, cloud, host: silentHost })).rejects.toMatchObject({
      message: expect.stringContaining(app.startsWith('echo') ? '\n\nout\nerr' : 'exit code'),
      fix: expect.stringMatching(fix),
    });
  });

  it('finds the virtual environment beside it', async () => {
    const target = folderWith({
      'cdk.json': { app: 'only-in-venv; exit 5' },
      '.venv/pyvenv.cfg': '',
      '.venv/bin/only-in-venv': '#!/bin/sh\necho "in $VIRTUAL_ENV"',
    });
    chmodSync(join(target, '.venv/bin/only-in-venv'), 0o755);
    await expect(appStacks({ target, cloud, host: silentHost })).rejects.toThrow(`in ${target}/.venv`);
  });
});
