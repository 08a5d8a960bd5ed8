/** Dockerfiles that are really built: nothing here needs a network. Without user namespaces RUN is refused, and so tested. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type BuildProgress, buildImage, judgeImage } from '../../src/local/compute/images/build.ts';
import { parseDockerfile } from '../../src/local/compute/images/dockerfile.ts';
import { dockerignore } from '../../src/local/compute/images/dockerignore.ts';
import type { ImageConfigFile } from '../../src/local/compute/images/image.ts';
import { createLayerCache } from '../../src/local/compute/images/layer-cache.ts';
import { writeTar } from '../../src/local/compute/images/tar.ts';
import { viewsMissing } from '../../src/local/compute/images/view.ts';
import { expand } from '../../src/local/compute/images/words.ts';
import { createRootfsStore } from '../../src/local/compute/tasks/rootfs.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-builds-'));
const cache = createLayerCache(join(folder, 'cache'));
let made = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function context(files: Readonly<Record<string, string | Buffer>>): string {
  const directory = join(folder, String(made++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

interface Built {
  readonly config: ImageConfigFile['config'];
  readonly steps: readonly BuildProgress[];
  /** Text of a file of the image; undefined when it has none. */
  read(path: string): string | undefined;
}

async function build(
  files: Readonly<Record<string, string | Buffer>>,
  options: { readonly buildArgs?: Record<string, string>; readonly target?: string } = {},
): Promise<Built> {
  const steps: BuildProgress[] = [];
  const directory = context(files);
  const image = await buildImage({ directory, cache, ...options, tell: (what) => steps.push(what) });
  const store = createRootfsStore(join(folder, `roots-${made}`));
  const root = await store.unpacked(image.manifest.digest, () =>
    Promise.resolve(image.layers.map(({ data }) => data)),
  );
  return {
    config: (JSON.parse(image.config.data.toString()) as ImageConfigFile).config,
    steps: steps.filter(({ kind }) => kind !== 'output'),
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined),
  };
}

const slim = 'FROM debian:bookworm-slim\n';
const why = viewsMissing();
/** Skipped where the machine has no user namespaces; the refusal is tested below. */
const withViews = it.skipIf(why !== undefined);

describe('a Dockerfile is read', () => {
  it.each([
    ['a continued line', 'RUN a \\\n  # no\n\n  b', [['RUN', 'a   b']]],
    ['a blank after the sign', 'RUN a \\ \n  b', [['RUN', 'a   b']]],
    ['lower case', 'run a', [['RUN', 'a']]],
    ['flags', 'COPY --from=x --chmod=755 a b', [['COPY', 'a b']]],
    [
      'a here-document',
      'RUN <<EOF\na\nb\nEOF\nUSER x',
      [
        ['RUN', '<<EOF'],
        ['USER', 'x'],
      ],
    ],
    [
      'two here-documents',
      'COPY <<a <<"b" /x/\n1\na\n2\nb\nUSER x',
      [
        ['COPY', '<<a <<"b" /x/'],
        ['USER', 'x'],
      ],
    ],
    [
      'an arithmetic shift',
      'RUN echo $((1<<2))\nUSER x',
      [
        ['RUN', 'echo $((1<<2))'],
        ['USER', 'x'],
      ],
    ],
  ])('with %s', (_, text, expected) => {
    const [stage] = parseDockerfile(`FROM scratch\n${text}`, 'Dockerfile').stages;
    expect(stage?.instructions.map(({ name, text }) => [name, text])).toEqual(expected);
  });

  it('with another escape character, which only a directive at the top sets', () => {
    const text = (first: string) => parseDockerfile(`${first}\nFROM scratch\nRUN a \`\n b`, 'Dockerfile');
    expect(text('# escape=`').stages[0]?.instructions[0]?.text).toBe('a  b');
    expect(() => text('# a comment\n# escape=`')).toThrow('Dockerfile:5: unknown instruction b');
  });

  it.each([
    ['$A', 'a/b.c'],
    ['${A}x', 'a/b.cx'],
    ['${NONE:-other}', 'other'],
    ['${EMPTY:-other}', 'other'],
    ['${EMPTY-other}', ''],
    ['${A:+yes}', 'yes'],
    ['${NONE+yes}', ''],
    ['${NONE:-$A}', 'a/b.c'],
    ['${A#*/}', 'b.c'],
    ['${A%.*}', 'a/b'],
    ['${A/b/x}', 'a/x.c'],
    ["'$A'", '$A'],
    ['"$A b"', 'a/b.c b'],
    ['\\$A', '$A'],
    ['a\\ b', 'a b'],
  ])('with the variable in %s', (text, expected) => {
    expect(expand(text, { A: 'a/b.c', EMPTY: '' })).toBe(expected);
  });
});

it.each([
  ['a', ['a', 'a/b'], ['b/a']],
  ['/a', ['a'], ['b/a']],
  ['*/a', ['b/a'], ['a', 'b/c/a']],
  ['**/a', ['a', 'b/a', 'b/c/a/d'], ['ab']],
  ['a/../b', ['b'], ['a']],
  ['*.md\n!b.md', ['a.md'], ['b.md', 'c/a.md']],
  ['!b.md\n*.md', ['b.md'], []],
  ['d\n!d/keep', ['d/x'], ['d/keep']],
  ['a?', ['ab'], ['a', 'abc']],
  ['[ab]', ['a', 'b'], ['c']],
  ['\\!a', ['!a'], ['a']],
])('.dockerignore with %j leaves out as Docker does', (text, out, kept) => {
  const ignored = dockerignore(text);
  expect(out.filter((path) => !ignored(path))).toEqual([]);
  expect(kept.filter(ignored)).toEqual([]);
});

describe('files', () => {
  it('come from here-documents, with variables unless their name is quoted', async () => {
    const Dockerfile = `${slim}ARG WHO=me\nCOPY <<one <<"two" /etc/\nI am $WHO\none\nI am $WHO\ntwo\n`;
    const { read } = await build({ Dockerfile });
    expect([read('etc/one'), read('etc/two')]).toEqual(['I am me\n', 'I am $WHO\n']);
  });

  it('are unpacked by ADD from an archive, and copied by COPY', async () => {
    const tar = gzipSync(writeTar([{ path: 'in/a.txt', kind: 'file', mode: 0o644, data: Buffer.from('a') }]));
    const { read } = await build({
      Dockerfile: `${slim}ADD files.bin /out\nCOPY files.bin none.lock* /copy/`,
      'files.bin': tar,
    });
    expect(read('out/in/a.txt')).toBe('a');
    expect(read('copy/files.bin')).toBeDefined();
  });

  it('are left out by an ignore file of the Dockerfile’s own name before the common one', async () => {
    const directory = context({
      'other.Dockerfile': `${slim}COPY . /app/`,
      'other.Dockerfile.dockerignore': 'b.txt',
      '.dockerignore': 'a.txt',
      'a.txt': 'a',
      'b.txt': 'b',
    });
    const image = await buildImage({ directory, dockerFile: 'other.Dockerfile', cache });
    const store = createRootfsStore(join(folder, 'roots-ignored'));
    const root = await store.unpacked('x', () => Promise.resolve(image.layers.map(({ data }) => data)));
    expect(existsSync(join(root, 'app/a.txt'))).toBe(true);
    expect(existsSync(join(root, 'app/b.txt'))).toBe(false);
  });
});

describe('a step of RUN', () => {
  withViews('runs in the image’s own root, with its variables, folder, user and shell', async () => {
    const { read, config } = await build(
      {
        Dockerfile: `ARG TAG=bookworm-slim
FROM debian:\${TAG} AS base
ARG VERSION
ENV GREETING="hello world"
WORKDIR /app
COPY a.txt .
RUN cat a.txt > b.txt && echo "$GREETING $VERSION $(pwd) $HOME" >> b.txt
RUN ["sh", "-c", "echo exec > /opt/exec"]
RUN groupadd -g 4001 team && useradd -m -u 4000 -g team me && chown -R me:team /app
USER me
RUN echo "$(id -un) $(id -gn) $HOME" > who
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN [[ a == a ]] && echo bash > /tmp/shell
RUN <<EOF
echo one > /tmp/document
cat <<INNER >> /tmp/document
$GREETING
INNER
EOF
RUN cat <<EOF > /tmp/piped
two
EOF
RUN <<EOF
#!/bin/sh
echo "$0" > /tmp/script
EOF
HEALTHCHECK CMD exit 0
CMD echo done`,
        'a.txt': 'content\n',
      },
      { buildArgs: { VERSION: '7' } },
    );
    expect(read('app/b.txt')).toBe('content\nhello world 7 /app /root\n');
    expect(read('opt/exec')).toBe('exec\n');
    expect(read('app/who')).toBe('me team /home/me\n');
    expect(read('tmp/shell')).toBe('bash\n');
    expect(read('tmp/document')).toBe('one\nhello world\n');
    expect(read('tmp/piped')).toBe('two\n');
    expect(read('tmp/script')).toContain('script');
    expect(config).toMatchObject({ User: 'me', WorkingDir: '/app' });
    expect(config.Cmd).toEqual(['/bin/bash', '-o', 'pipefail', '-c', 'echo done']);
    expect(config.Healthcheck?.Test).toEqual(['CMD', '/bin/bash', '-o', 'pipefail', '-c', 'exit 0']);
  });

  withViews('changes nothing outside, and sees neither this machine’s files nor its processes', async () => {
    const { read } = await build({
      Dockerfile: `${slim}RUN mkdir -p ${folder} && touch ${folder}/outside
RUN ls -A ${dirname(process.execPath)} > /node || true
RUN ls -d /proc/[0-9]* | wc -l > /processes`,
    });
    expect(existsSync(join(folder, 'outside'))).toBe(false);
    expect(read('node')).not.toContain('\nnode\n');
    expect(Number(read('processes'))).toBeLessThan(6);
  });

  withViews('takes files of lower layers away', async () => {
    const { read } = await build({
      Dockerfile: `${slim}COPY . /app/\nRUN rm -r /app/gone && mv /app/a.txt /app/c.txt`,
      'gone/x': 'x',
      'gone/y': 'y',
      'a.txt': 'a',
    });
    expect([read('app/gone/x'), read('app/a.txt'), read('app/c.txt')]).toEqual([undefined, undefined, 'a']);
  });

  withViews('goes on in the stages that are built on it, and is copied from', async () => {
    const { read, config } = await build(
      {
        Dockerfile: `FROM debian:bookworm-slim AS one
ENV A=1
RUN mkdir /out && echo one > /out/file && ln -s file /out/link
FROM one AS two
RUN cat /out/file > /two
FROM debian:bookworm-slim AS unused
RUN exit 1
FROM alpine:3.20 AS three
COPY --from=two /two /copied/
COPY --from=0 /out /all
FROM three AS four
RUN exit 1`,
      },
      { target: 'three' },
    );
    expect([read('copied/two'), read('all/file'), read('all/link')]).toEqual(['one\n', 'one\n', 'one\n']);
    expect(config.Env).not.toContain('A=1');
  });

  withViews('leaves files in folders of the base image, which other stages copy', async () => {
    const { read } = await build({
      Dockerfile: `FROM python:3.8-slim AS build
RUN mkdir -p "$(python -c 'import site; print(site.getsitepackages()[0])')" && cd /usr/local/lib/python3.8/site-packages && echo 'value = 7' > mine.py
FROM python:3.8-slim
COPY --from=build /usr/local/lib/python3.8/site-packages /usr/local/lib/python3.8/site-packages
RUN python -c "import mine; print(mine.value)" > /value`,
    });
    expect(read('value')).toBe('7\n');
  });

  withViews('is kept by ONBUILD for the stages that are built on it', async () => {
    const Dockerfile = 'FROM debian AS a\nONBUILD RUN echo x > /x\nFROM a AS b\nUSER 1';
    expect((await build({ Dockerfile })).read('x')).toBe('x\n');
    expect((await build({ Dockerfile }, { target: 'a' })).read('x')).toBeUndefined();
  });

  withViews('sees what it mounts, which is not of the image', async () => {
    const Dockerfile = `${slim}RUN --mount=type=bind,source=lib,target=/lib-of --mount=type=tmpfs,target=/scratch cat /lib-of/a > /a; touch /scratch/b; touch /lib-of/b || echo read-only >> /a
RUN --mount=type=bind,source=lib,target=/lib-of,rw touch /lib-of/b && ls /lib-of >> /a
RUN --mount=type=cache,target=/root/.cache echo cached >> /root/.cache/file; cp /root/.cache/file /from-cache
RUN --mount=type=cache,target=/root/.cache,id=/root/.cache cat /root/.cache/file > /again
RUN --mount=type=secret,id=token test ! -e /run/secrets/token`;
    const { read } = await build({ Dockerfile, 'lib/a': 'a' });
    expect(read('a')).toBe('aread-only\na\nb\n');
    expect([read('lib-of/b'), read('scratch/b'), read('root/.cache/file')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(read('from-cache')).toBe('cached\n');
    expect(read('again')).toBe('cached\n');
  });

  withViews('is not run again for the same files and values, and is for others', async () => {
    const files = (text: string, also = '') => ({
      Dockerfile: `${slim}ARG A\nCOPY a.txt /\nRUN cat /a.txt /proc/sys/kernel/random/uuid > /b.txt\nRUN cat /b.txt > /c.txt${also}`,
      'a.txt': text,
    });
    const kinds = ({ steps }: Built) => steps.map(({ kind }) => kind);
    const first = await build(files('a'));
    expect(kinds(first)).toEqual(['step', 'step']);
    const second = await build(files('a'));
    expect(kinds(second)).toEqual(['cached', 'cached']);
    expect(second.read('c.txt')).toBe(first.read('c.txt'));
    const added = await build(files('a', '\nRUN cat /c.txt > /d.txt'));
    expect(kinds(added)).toEqual(['cached', 'cached', 'step']);
    expect(added.read('d.txt')).toBe(first.read('c.txt'));
    expect(kinds(await build(files('b')))).toEqual(['step', 'step']);
    expect(kinds(await build(files('a'), { buildArgs: { A: '1' } }))).toEqual(['step', 'step']);
  });

  withViews('is kept as long as the cache holds no more than its limit', () => {
    const small = createLayerCache(join(folder, 'small'), 20_000);
    const keep = (key: string, size: number) =>
      small.keep(key, {
        added: new Map([['a', { kind: 'file', mode: 0o644, read: () => Buffer.alloc(size) }]]),
        removed: [],
      });
    keep('one', 15_000);
    expect(small.find('one')?.delta.added.get('a')?.read?.()).toHaveLength(15_000);
    keep('two', 15_000);
    expect([small.find('one'), small.find('two')?.blob.size]).toEqual([undefined, expect.any(Number)]);
  });

  withViews('fails the build with its output and its line', async () => {
    const Dockerfile = `${slim}\nRUN echo before && \\\n    ls /not-there`;
    await expect(build({ Dockerfile })).rejects.toMatchObject({
      code: 'local.image-build-failed',
      message: expect.stringMatching(
        /Dockerfile:3: RUN echo before && ls \/not-there\n {2}before\n.*\/not-there.*\nthe step ended with exit code 2$/s,
      ),
    });
  });

  withViews(
    'finds no commands that its base image has not, and those of packages that it installs',
    async () => {
      const without = build({ Dockerfile: 'FROM node:20-slim\nRUN python3 --version' });
      await expect(without).rejects.toThrow(/python3: .*not found/);
      await expect(build({ Dockerfile: `${slim}RUN node --version` })).rejects.toThrow(/node: .*not found/);
      const Dockerfile =
        'FROM alpine:3.20\nRUN apk add --no-cache bash && bash -c "echo yes" > /bash && apk del bash';
      expect((await build({ Dockerfile })).read('bash')).toBe('yes\n');
    },
  );

  withViews('has the interpreter of its base image where the image has it', async () => {
    const node = await build({
      Dockerfile: 'FROM node:20-slim\nRUN which node npm > /where && npm --version > /npm',
    });
    expect(node.read('where')).toBe('/usr/local/bin/node\n/usr/local/bin/npm\n');
    const { read } = await build({
      Dockerfile: `FROM public.ecr.aws/docker/library/python:3-slim
RUN python -c "import sys, ssl; print(sys.prefix)" > /prefix && pip --version > /pip`,
    });
    expect(read('prefix')).toBe('/usr/local\n');
    expect(read('pip')).toContain('/usr/local/lib/python3');
  });
});

it('is judged whole before anything is made, each refusal with its line', () => {
  const directory = context({
    Dockerfile: `${slim}RUN apt-get update && apt-get install -y no-such-one curl \\
      no-such-two=1.2 && rm -rf /var/lib/apt/lists/*
COPY missing /
ADD https://example.com/x /x
RUN --mount=type=ssh,required=true true`,
  });
  const said = judgeImage({ directory }).problems.map(({ message }) => message.replace(/^.*Dockerfile:/, ''));
  if (why === undefined)
    expect(said).toEqual([
      '2: RUN installs no-such-one, no-such-two, which this machine does not have',
      expect.stringMatching(/^4: missing is not in the build context/),
      expect.stringMatching(/^5: ADD .* would be downloaded/),
      expect.stringMatching(/^6: RUN --mount=type=ssh is not supported/),
    ]);
  else expect(said).toEqual([expect.stringContaining(why)]);
});
