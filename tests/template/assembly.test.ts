/** Assemblies as the CDK writes them, and what is refused in those it could not finish. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset as S3Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SlipwayError } from '../../src/core/errors.ts';
import {
  type Assembly,
  analyse,
  createScope,
  evaluateRules,
  readAssembly,
  resolve,
  resolveParameters,
  substitutePlaceholders,
  supplySsmValues,
} from '../../src/template/index.ts';
import { pseudo } from './support.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-template-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('an assembly that the CDK wrote', () => {
  let assembly: Assembly;
  const outdir = () => join(root, 'cdk.out');

  beforeAll(async () => {
    const context = join(root, 'image');
    const site = join(root, 'site');
    await mkdir(context);
    await mkdir(site);
    await writeFile(join(context, 'Dockerfile'), 'FROM scratch\n');
    await writeFile(join(context, 'Web.Dockerfile'), 'FROM scratch\n');
    await writeFile(join(site, 'index.html'), '<p>hi</p>\n');
    const app = new App({ outdir: outdir(), analyticsReporting: false });
    // The consumer is made first, so that manifest order and deploy order differ.
    const consumer = new Stack(app, 'AConsumer', { env: { account: '111122223333', region: 'eu-west-1' } });
    const producer = new Stack(app, 'Producer', {
      stackName: 'data-producer',
      env: { account: '111122223333', region: 'eu-west-1' },
      tags: { owner: 'team' },
      terminationProtection: true,
    });
    const topic = new Topic(producer, 'Topic');
    new Queue(consumer, 'Queue', { queueName: topic.topicName });
    new S3Asset(consumer, 'Site', { path: site });
    new DockerImageAsset(consumer, 'Image', {
      directory: context,
      file: 'Web.Dockerfile',
      buildArgs: { MODE: 'prod' },
      target: 'final',
      platform: Platform.LINUX_ARM64,
    });
    const nested = new NestedStack(producer, 'Nested');
    new Queue(nested, 'Inner');
    new Topic(new Stack(new Stage(app, 'Prod'), 'Web'), 'Topic');
    app.synth();
    assembly = await readAssembly(outdir());
  });

  const stack = (displayName: string) => {
    const found = assembly.stacks.find((one) => one.displayName === displayName);
    if (found === undefined) throw new Error(`no stack ${displayName}`);
    return found;
  };

  it('lists the stacks of all stages, producers before consumers', () => {
    const names = assembly.stacks.map((one) => one.displayName);
    expect([...names].sort()).toEqual(['AConsumer', 'Prod/Web', 'Producer']);
    expect(names.indexOf('Producer')).toBeLessThan(names.indexOf('AConsumer'));
    expect(stack('AConsumer').dependsOn).toEqual(['Producer']);
  });

  it('says where and as what each stack is deployed', () => {
    expect(stack('Producer')).toMatchObject({
      artifactId: 'Producer',
      stackName: 'data-producer',
      account: '111122223333',
      region: 'eu-west-1',
      tags: { owner: 'team' },
      terminationProtection: true,
      templateFile: join(outdir(), 'Producer.template.json'),
      bootstrapRoles: {
        deployRoleArn: `arn:\${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1`,
      },
    });
    expect(stack('Prod/Web')).toMatchObject({ stackName: 'Prod-Web', account: undefined, region: undefined });
  });

  it('gives file assets with absolute paths and destinations whose placeholders can be filled in', () => {
    const files = stack('Prod/Web').assets.filter((asset) => asset.kind === 'file');
    expect(files).toHaveLength(1);
    const bucket = files[0]?.destinations[0]?.bucketName ?? '';
    expect(bucket).toBe(`cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}`);
    expect(substitutePlaceholders(bucket, pseudo)).toBe('cdk-hnb659fds-assets-000000000000-eu-west-1');
    const site = stack('AConsumer').assets.find(
      (asset) => asset.kind === 'file' && asset.packaging === 'zip',
    );
    expect(site?.kind === 'file' && site.path.startsWith(join(outdir(), 'asset.'))).toBe(true);
  });

  it('gives image assets with their build', () => {
    const image = stack('AConsumer').assets.find((asset) => asset.kind === 'image');
    expect(image).toMatchObject({
      kind: 'image',
      dockerFile: 'Web.Dockerfile',
      buildArgs: { MODE: 'prod' },
      target: 'final',
      platform: 'linux/arm64',
      otherOptions: {},
    });
    expect(image?.kind === 'image' && image.destinations[0]?.imageTag).toBe(image?.id);
  });

  it('knows the construct path of every resource, also without path metadata in the template', () => {
    const paths = [...analyse(stack('Producer').template).resources.values()].map(
      (node) => node.constructPath,
    );
    expect(paths).toContain('Producer/Topic/Resource');
    expect(paths).not.toContain(undefined);
  });

  it('resolves a whole stack once its imports and parameters are known', () => {
    const { template } = stack('AConsumer');
    const [exported] = Object.values(stack('Producer').template.Outputs);
    const parameters = supplySsmValues(template, resolveParameters(template, {}), {
      '/cdk-bootstrap/hnb659fds/version': '21',
    });
    expect(evaluateRules(template, { parameters, pseudo })).toEqual([]);
    const scope = createScope(template, {
      parameters,
      pseudo,
      importValue: (name) => (name === exported?.ExportName ? 'topic-1' : undefined),
    });
    const queue = [...analyse(template).resources.values()].find((node) => node.type === 'AWS::SQS::Queue');
    expect(resolve(queue?.properties ?? {}, scope)).toEqual({ QueueName: 'topic-1' });
  });

  it("fails the CDK's own rule on an old bootstrap stack", () => {
    const { template } = stack('AConsumer');
    const parameters = supplySsmValues(template, resolveParameters(template, {}), {
      '/cdk-bootstrap/hnb659fds/version': '5',
    });
    expect(evaluateRules(template, { parameters, pseudo })).toMatchObject([
      {
        rule: 'CheckBootstrapVersion',
        message: expect.stringContaining('bootstrap stack version 6 required'),
      },
    ]);
  });
});

describe('an assembly that cannot be used', () => {
  async function refusal(name: string, files: Record<string, unknown>): Promise<SlipwayError> {
    const directory = join(root, name);
    await mkdir(directory);
    for (const [file, content] of Object.entries(files)) {
      await writeFile(join(directory, file), JSON.stringify(content));
    }
    const error: unknown = await readAssembly(directory).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof SlipwayError) return error;
    throw new Error('expected a SlipwayError', { cause: error });
  }

  const template = { Resources: { A: { Type: 'T::T::T' } } };
  const artifact = (more: object = {}) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: 'S.template.json' },
    ...more,
  });

  it('is refused without a manifest, with what to do', async () => {
    const error = await refusal('empty', {});
    expect(error.code).toBe('template.unreadable');
    expect(error.message).toContain('manifest.json cannot be read');
    expect(error.fix).toContain('cdk synth');
  });

  it('is refused while context values are missing, naming them', async () => {
    const missing = [{ key: 'vpc-provider:account=1:region=x', provider: 'vpc-provider', props: {} }];
    const error = await refusal('context', {
      'manifest.json': { version: '54.0.0', missing, artifacts: {} },
    });
    expect(error.message).toContain('vpc-provider:account=1:region=x (vpc-provider lookup)');
    expect(error.fix).toContain('cdk.context.json');
  });

  it('is refused when a field has the wrong type, naming file and field', async () => {
    const artifacts = { S: artifact({ properties: { templateFile: 7 } }) };
    const error = await refusal('field', { 'manifest.json': { artifacts } });
    expect(error.message).toContain(
      '/artifacts/S/properties/templateFile should be a string, got the number 7',
    );
  });

  it('is refused when its template is missing', async () => {
    const error = await refusal('template', { 'manifest.json': { artifacts: { S: artifact() } } });
    expect(error.message).toContain('S.template.json cannot be read');
  });

  it('is refused when stacks depend on each other in a circle', async () => {
    const artifacts = { S: artifact({ dependencies: ['T'] }), T: artifact({ dependencies: ['S'] }) };
    const error = await refusal('circle', { 'manifest.json': { artifacts }, 'S.template.json': template });
    expect(error.message).toContain('S → T → S');
  });

  it("is refused when the legacy synthesizer's assets are in it", async () => {
    const metadata = { '/S': [{ type: 'aws:cdk:asset', data: {} }] };
    const error = await refusal('legacy', {
      'manifest.json': { artifacts: { S: artifact({ metadata }) } },
      'S.template.json': template,
    });
    expect(error.code).toBe('template.unsupported');
    expect(error.message).toContain('LegacyStackSynthesizer');
  });

  it('is refused when a command makes a file asset', async () => {
    const manifest = { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } };
    const error = await refusal('executable', {
      'manifest.json': { artifacts: { S: artifact({ dependencies: ['S.assets'] }), 'S.assets': manifest } },
      'S.template.json': template,
      'S.assets.json': { files: { f: { source: { executable: ['make'] }, destinations: {} } } },
    });
    expect(error.message).toContain('the file asset f is made by a command');
  });
});
