/** The base images whose place this machine's Node.js can take; others are refused by name. */

export interface BaseImage {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[] | undefined;
  readonly workdir: string;
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function baseImage(name: string): BaseImage | undefined {
  const plain = name.replace(/@sha256:[0-9a-f]{64}$/, '');
  // https://github.com/nodejs/docker-node: the entry point passes on to node what is no command.
  if (
    /^(?:(?:docker\.io\/|public\.ecr\.aws\/docker\/|mirror\.gcr\.io\/)?library\/|docker\.io\/)?node(?::[\w.-]+)?$/.test(
      plain,
    )
  )
    return { name, env: { PATH: path }, entrypoint: ['docker-entrypoint.sh'], cmd: ['node'], workdir: '/' };
  // https://github.com/GoogleContainerTools/distroless: the command is a script for node.
  if (/^gcr\.io\/distroless\/nodejs\d*(?:-debian\d+)?(?::[\w.-]+)?$/.test(plain))
    return { name, env: { PATH: path }, entrypoint: ['/nodejs/bin/node'], cmd: undefined, workdir: '/' };
  return undefined;
}
