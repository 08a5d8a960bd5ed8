import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../../src/local/compute/images/build.ts';
import { runDockerStandIn } from '../../src/local/compute/images/docker-stand-in.ts';
import type { ImageConfigFile } from '../../src/local/compute/images/image.ts';
import { pushImage } from '../../src/local/compute/images/push.ts';
import { readTar, type TarEntry, writeTar } from '../../src/local/compute/images/tar.ts';
import { viewsMissing } from '../../src/local/compute/images/view.ts';
import { createRootfsStore } from '../../src/local/compute/tasks/rootfs.ts';
import { type TestCloud, testCloud } from './harness.ts';

const root = mkdtempSync(join(tmpdir(), 'slipway-images-'));
let made = 0;
afterAll(() => rmSync(root, { recursive: true, force: true }));

function context(files: Readonly<Record<string, string>>): string {
  const directory = join(root, String(made++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

async function built(files: Readonly<Record<string, string>>, options: object = {}) {
  const image = await buildImage({ directory: context(files), ...options });
  const config = JSON.parse(image.config.data.toString()) as ImageConfigFile;
  const entries = readTar(gunzipSync(image.layers[0]?.data ?? Buffer.alloc(0)));
  return {
    image,
    config: config.config,
    files: Object.fromEntries(
      entries.filter(({ kind }) => kind === 'file').map(({ path, data }) => [path, data.toString()]),
    ),
  };
}
const node = 'FROM public.ecr.aws/docker/library/node:22-slim\n';

describe('an image built from a Dockerfile', () => {
  it('carries the copied files and the configuration', async () => {
    const { config, files } = await built({
      Dockerfile: `ARG MAJOR=22
FROM node:\${MAJOR}-slim
ARG GREETING=hello
WORKDIR /app
# a comment
COPY --chown=node:node worker.mjs lib ./
ENV NODE_ENV=production TEXT="two words" \\
    SAID=$GREETING
LABEL org.example.name="Worker"
USER node
EXPOSE 8080
VOLUME ["/data"]
STOPSIGNAL SIGINT
HEALTHCHECK --interval=30s --timeout=1m30s --retries=2 CMD ["node", "worker.mjs", "--health"]
CMD ["node", "worker.mjs"]`,
      'worker.mjs': 'work',
      'lib/a.mjs': 'a',
    });
    expect(files).toEqual({ 'app/worker.mjs': 'work', 'app/a.mjs': 'a' });
    expect(config).toMatchObject({
      User: 'node',
      ExposedPorts: { '8080/tcp': {} },
      WorkingDir: '/app',
      Cmd: ['node', 'worker.mjs'],
      StopSignal: 'SIGINT',
      Labels: { 'org.example.name': 'Worker' },
      Volumes: { '/data': {} },
      Healthcheck: {
        Test: ['CMD', 'node', 'worker.mjs', '--health'],
        Interval: 30e9,
        Timeout: 90e9,
        Retries: 2,
      },
    });
    expect(config.Env).toEqual(
      expect.arrayContaining(['NODE_ENV=production', 'TEXT=two words', 'SAID=hello']),
    );
  });

  it('has the same digest for the same content', async () => {
    const files = { Dockerfile: `${node}COPY . /app/`, 'a.txt': 'a', 'b/c.txt': 'c' };
    const [one, two] = [await built(files), await built(files)];
    expect(one.image.manifest.digest).toBe(two.image.manifest.digest);
    const other = await built({ ...files, 'a.txt': 'changed' });
    expect(other.image.manifest.digest).not.toBe(one.image.manifest.digest);
  });

  it('leaves out what .dockerignore names, and takes back what it excepts', async () => {
    const { files } = await built({
      Dockerfile: `${node}COPY . /app/`,
      '.dockerignore': 'node_modules\n**/*.md\n!keep.md\n# comment',
      'node_modules/x/index.js': 'x',
      'docs/a.md': 'a',
      'keep.md': 'keep',
      'b.txt': 'b',
    });
    expect(Object.keys(files).sort()).toEqual(['app/b.txt', 'app/keep.md']);
  });

  it('copies between stages, and builds only the stages it needs', async () => {
    const Dockerfile = `FROM alpine AS tests\nRUN npm test\n${node.trim()} AS build\nCOPY src/ /out/\nFROM gcr.io/distroless/nodejs22-debian12\nCOPY --from=build /out /app\nCMD ["/app/a.mjs"]`;
    const { files, config } = await built({ Dockerfile, 'src/a.mjs': 'a' });
    expect(files).toEqual({ 'app/a.mjs': 'a' });
    expect(config.Entrypoint).toEqual(['/nodejs/bin/node']);
  });

  it.each([
    [
      'a base image that is not known',
      'FROM nginx:1.27',
      /Dockerfile:1: the base image nginx:1\.27 is not known/,
    ],
    [
      'packages that are not here',
      `${node}RUN apt-get install -y no-such-package`,
      /installs no-such-package/,
    ],
    ['secrets', `${node}RUN --mount=type=secret,id=a,required=true true`, /type=secret/],
    ['steps without a network', `${node}RUN --network=none true`, /--network=none/],
    ['a download', `${node}ADD https://example.com/a.txt /a.txt`, /would be downloaded/],
    ['files of other images', `${node}COPY --from=nginx /etc/nginx /etc/`, /--from=nginx/],
    ['files outside the context', `${node}COPY ../a /a`, /outside the build context/],
    ['missing files', `${node}COPY a /a`, /a is not in the build context/],
    ['unknown flags', `${node}COPY --exclude=a . /a`, /COPY --exclude/],
    ['a here-document without an end', `${node}COPY <<EOF /a\nx`, /not ended by EOF/],
    ['a value that has to be given', `${node}ENV A="\${B:?is needed}"`, /Dockerfile:2: B: is needed/],
    ['unknown instructions', `${node}FETCH x`, /unknown instruction FETCH/],
  ])('refuses %s by name', async (_, Dockerfile, message) => {
    await expect(built({ Dockerfile })).rejects.toThrow(message);
  });
});

describe('pushed to a repository', () => {
  let cloud: TestCloud;
  let ecr: ECRClient;
  beforeAll(async () => {
    cloud = await testCloud();
    ecr = new ECRClient(cloud.client());
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'app', imageTagMutability: 'IMMUTABLE' }));
  });
  afterAll(() => cloud.dispose());

  it('can be pulled again, byte for byte', async () => {
    const directory = context({ Dockerfile: `${node}COPY a.txt /a.txt`, 'a.txt': 'content' });
    const image = await buildImage({ directory });
    await pushImage({ directory, ecr, repositoryName: 'app', imageTag: 'one' });
    const { images } = await ecr.send(
      new BatchGetImageCommand({ repositoryName: 'app', imageIds: [{ imageTag: 'one' }] }),
    );
    expect(images?.[0]?.imageId?.imageDigest).toBe(image.manifest.digest);
    const layer = image.layers[0];
    const { downloadUrl = '' } = await ecr.send(
      new GetDownloadUrlForLayerCommand({ repositoryName: 'app', layerDigest: layer?.digest }),
    );
    const bytes = Buffer.from(await (await fetch(downloadUrl)).arrayBuffer());
    expect(bytes.equals(layer?.data ?? Buffer.alloc(0))).toBe(true);
  });

  it('is left alone when the tag has it, and refused when an immutable tag has another', async () => {
    const push = (text: string) =>
      pushImage({
        directory: context({ Dockerfile: `${node}COPY a.txt /a.txt`, 'a.txt': text }),
        ecr,
        repositoryName: 'app',
        imageTag: 'two',
      });
    await push('same');
    await push('same');
    const { imageDetails } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: 'app', imageIds: [{ imageTag: 'two' }] }),
    );
    expect(imageDetails).toHaveLength(1);
    await expect(push('other')).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' });
  });

  it('refuses what the asset asks and the build cannot do', async () => {
    const directory = context({ Dockerfile: node });
    const target = { directory, ecr, repositoryName: 'app', imageTag: 'x' };
    await expect(pushImage({ ...target, executable: ['make'] })).rejects.toThrow(/executable/);
    await expect(pushImage({ ...target, otherOptions: { dockerBuildSsh: 'default' } })).rejects.toThrow(
      /dockerBuildSsh/,
    );
  });
});

describe('the stand-in for docker', () => {
  let cloud: TestCloud;
  let ecr: ECRClient;
  beforeAll(async () => {
    cloud = await testCloud();
    ecr = new ECRClient(cloud.client());
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'app/own' }));
  });
  afterAll(() => cloud.dispose());

  async function docker(args: readonly string[], folder = root, stdin = '') {
    const out: string[] = [];
    const code = await runDockerStandIn({
      args,
      folder,
      environment: { SLIPWAY_IMAGES: join(root, 'cache'), AWS_ENDPOINT_URL: cloud.endpoint },
      readStdin: async () => stdin,
      print: (line) => out.push(line),
      complain: (line) => out.push(line),
    });
    return { code, out: out.join('\n') };
  }

  it('builds, tags and pushes as the CDK asks it to, with the token of the login', async () => {
    const folder = context({ 'own.Dockerfile': `${node}ARG A\nENV A=$A\nCOPY a.txt /a.txt`, 'a.txt': 'a' });
    expect((await docker(['inspect', 'cdkasset-1'])).code).toBe(1);
    const build = ['build', '--build-arg', 'A=1', '--tag', 'cdkasset-1', '--file', 'own.Dockerfile'];
    expect(await docker([...build, '--platform', 'linux/arm64', '.'], folder)).toMatchObject({ code: 0 });
    expect((await docker(['inspect', 'cdkasset-1'])).code).toBe(0);

    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
    const [authorization] = authorizationData ?? [];
    const [user = '', password = ''] = Buffer.from(authorization?.authorizationToken ?? '', 'base64')
      .toString()
      .split(':');
    const host = (authorization?.proxyEndpoint ?? '').replace('https://', '');
    const name = `${host}/app/own:1`;
    await docker(['tag', 'cdkasset-1', name]);
    expect((await docker(['push', name])).out).toMatch(/not logged in/);
    await docker(['login', '--username', user, '--password-stdin', host], root, password);
    expect(
      (await docker(['images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'reference=*/*:1'])).out,
    ).toBe(name);
    expect(await docker(['push', name])).toMatchObject({ code: 0 });
    expect(await docker(['push', name])).toMatchObject({ code: 0 });
    const { images } = await ecr.send(
      new BatchGetImageCommand({ repositoryName: 'app/own', imageIds: [{ imageTag: '1' }] }),
    );
    const image = await buildImage({
      directory: folder,
      dockerFile: 'own.Dockerfile',
      buildArgs: { A: '1' },
      platform: 'linux/arm64',
    });
    expect(images?.[0]?.imageManifest).toBe(image.manifest.data.toString());
  });

  it('pushes nothing with a token that is not from here', async () => {
    const host = '000000000000.dkr.ecr.us-east-1.amazonaws.com';
    await docker(['build', '--tag', `${host}/app/own:2`, '.'], context({ Dockerfile: node }));
    await docker(['login', '--username', 'AWS', '--password-stdin', host], root, 'made up');
    const { code, out } = await docker(['push', `${host}/app/own:2`]);
    expect(code).toBe(64);
    expect(out).toMatch(/answered 401/);
  });

  it.skipIf(viewsMissing() !== undefined)(
    'runs what bundles an asset, in a base image and in one that was built',
    async () => {
      const input = context({ 'a.txt': 'a', 'skipped.txt': 'b' });
      const output = context({ 'before.txt': 'c' });
      const volumes = ['-v', `${input}:/asset-input:delegated`, '-v', `${output}:/asset-output:delegated`];
      const run = (image: string, ...command: readonly string[]) =>
        docker([
          'run',
          '--rm',
          '-u',
          '0:0',
          ...volumes,
          '--env',
          'WHO=me',
          '-w',
          '/asset-input',
          image,
          ...command,
        ]);
      const bundle =
        'rsync -rLv --exclude=skipped.txt /asset-input/ /asset-output && python -c "import sys; print(sys.prefix)" > /asset-output/prefix';
      expect(await run('public.ecr.aws/sam/build-python3.12', 'bash', '-c', bundle)).toMatchObject({
        code: 0,
      });
      const Dockerfile =
        'ARG IMAGE=x\nFROM $IMAGE\nENV MADE=yes\nUSER nobody\nENTRYPOINT ["sh", "-c"]\nCMD ["exit 3"]';
      const build = [
        'build',
        '-t',
        'cdk-bundling',
        '--build-arg',
        'IMAGE=python:3-slim',
        context({ Dockerfile }),
      ];
      expect(await docker(build)).toMatchObject({ code: 0 });
      expect(await docker(['image', 'inspect', 'cdk-bundling'])).toMatchObject({ code: 0 });
      expect(
        await run('cdk-bundling', 'echo $WHO $MADE $(pwd) > /asset-output/said; echo x > /lost'),
      ).toMatchObject({ code: 0 });
      expect(await run('cdk-bundling')).toMatchObject({ code: 3 });
      const read = (name: string) => readFileSync(join(output, name), 'utf8');
      expect(readdirSync(output).sort()).toEqual(['a.txt', 'before.txt', 'prefix', 'said']);
      expect([read('prefix'), read('said')]).toEqual(['/var/lang\n', 'me yes /asset-input\n']);
      expect(existsSync('/lost')).toBe(false);
      expect((await run('nginx')).out).toMatch(/nginx: it was not built here/);
      expect((await docker(['run', '--privileged', 'debian', 'true'])).out).toMatch(
        /docker run --privileged/,
      );
    },
  );

  it.each([
    ['pull', 'x'],
    ['build', '--secret', 'id=x', '.'],
    ['compose', 'up'],
  ])('refuses docker %s', async (...args) => {
    const { code, out } = await docker(args);
    expect(code).toBe(64);
    expect(out).toMatch(/does not support docker/);
  });
});

describe('the layers of an image', () => {
  const file = (path: string): TarEntry => ({ path, kind: 'file', mode: 0o644, data: Buffer.from('x') });
  const link = (path: string, target: string): TarEntry => ({
    path,
    kind: 'symlink',
    mode: 0o777,
    data: Buffer.alloc(0),
    target,
  });
  const unpack = (digest: string, layers: readonly (readonly TarEntry[])[]) =>
    createRootfsStore(join(root, 'rootfs')).unpacked(digest, async () => layers.map(writeTar));
  const up = '../../../';

  it.each<[string, TarEntry[]]>([
    ['a path that climbs out', [file('../out')]],
    ['a file through a link', [link('d', `${up}out`), file('d/in')]],
    ['a file through two links', [link('d', up), link('e', 'd/out'), file('e/in')]],
    ['a whiteout of its parent', [file('a/.wh...')]],
    ['a whiteout of the root’s parent', [file('.wh...')]],
    ['a whiteout through a link', [link('d', `${up}out`), file('d/.wh.kept')]],
  ])('write nothing outside of it: %s', async (what, entries) => {
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(join(root, 'out', 'kept'), '');
    await expect(unpack(`sha256:${what.length}`, [entries])).rejects.toThrow(/a layer holds the path/);
    expect(readdirSync(join(root, 'out'))).toEqual(['kept']);
  });

  it('may go through a link that stays inside, and hide a lower layer’s folder', async () => {
    const folder = await unpack('sha256:fine', [
      [file('usr/lib/a'), link('lib', 'usr/lib'), file('old/a')],
      [file('lib/b'), file('old/.wh..wh..opq'), file('old/b'), file('usr/.wh.none')],
    ]);
    expect(readdirSync(join(folder, 'usr/lib')).sort()).toEqual(['a', 'b']);
    expect(readdirSync(join(folder, 'old'))).toEqual(['b']);
    expect(existsSync(join(folder, 'lib/b'))).toBe(true);
  });
});
