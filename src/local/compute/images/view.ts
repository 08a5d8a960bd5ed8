/**
 * The view in which a step of a build and a container run: the image's root is its root, the machine's own files are bound below it
 * read-only, and it has processes, /proc, /dev and /tmp of its own. It needs user namespaces and `unshare`, no root.
 * https://man7.org/linux/man-pages/man7/user_namespaces.7.html
 */
import { execFileSync } from 'node:child_process';
import type { Bind } from './base-files.ts';

interface ViewOptions {
  /** Folder that becomes `/`. */
  readonly root: string;
  readonly binds: readonly (Bind & { readonly writable?: boolean })[];
  /** Absolute, inside. */
  readonly folder: string;
  readonly user: { readonly uid: number; readonly gid: number };
  /** Nothing can be written but what is bound so. */
  readonly readOnly?: boolean;
  readonly command: readonly string[];
}

/** Arguments: root, folder, uid, gid, mode of the root, binds as mode source target, `--`, command. */
const script = `set -e
path=$PATH
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
root=$1 folder=$2 uid=$3 gid=$4 mode=$5
shift 5
# A mount that came with nosuid or nodev keeps them: without naming them it cannot be changed in a namespace.
read_only() { mount -o remount,bind,ro "$1" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev "$1" 2>/dev/null; }
mount --rbind "$root" "$root"
while [ "$1" != -- ]; do
  mount --rbind "$2" "$root$3"
  [ "$1" = rw ] || read_only "$root$3" || :
  shift 3
done
shift
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for one in null zero full random urandom tty; do
  : > "$root/dev/$one"
  mount --bind "/dev/$one" "$root/dev/$one"
done
mkdir -m 1777 "$root/dev/shm"
ln -s /proc/self/fd "$root/dev/fd"
for one in 0:stdin 1:stdout 2:stderr; do ln -s "fd/\${one%:*}" "$root/dev/\${one#*:}"; done
[ "$mode" = rw ] || read_only "$root"
unshare=$(command -v unshare)
PATH=$path
[ "$uid" = 0 ] || exec "$unshare" --user --map-user="$uid" --map-group="$gid" --root="$root" --wd="$folder" "$@"
exec "$unshare" --root="$root" --wd="$folder" "$@"`;

export function viewCommand(options: ViewOptions): {
  readonly file: string;
  readonly args: readonly string[];
} {
  const { root, binds, folder, user, command } = options;
  return {
    // Ends with the process that starts it, however that ends.
    file: 'setpriv',
    args: [
      ...[
        '--pdeathsig',
        'KILL',
        'unshare',
        '--user',
        '--map-root-user',
        '--mount',
        '--pid',
        '--fork',
        '--kill-child',
      ],
      ...['sh', '-c', script, 'view', root, folder, String(user.uid), String(user.gid)],
      options.readOnly ? 'ro' : 'rw',
      ...binds.flatMap(({ source, target, writable }) => [writable ? 'rw' : 'ro', source, target]),
      ...['--', ...command],
    ],
  };
}

let looked: { readonly missing: string | undefined } | undefined;

/** Why this machine has no views; undefined when it has. Looked at once. */
export function viewsMissing(): string | undefined {
  looked ??= { missing: look() };
  return looked.missing;
}

function look(): string | undefined {
  if (process.env.SLIPWAY_VIEWS === 'off') return 'views are turned off (SLIPWAY_VIEWS=off)';
  if (process.platform !== 'linux') return 'it needs Linux, where a process can have a root of its own';
  try {
    const args = [
      '--pdeathsig',
      'KILL',
      'unshare',
      '--user',
      '--map-root-user',
      '--mount',
      '--pid',
      '--fork',
    ];
    const mounts = 'mount -t tmpfs tmpfs /tmp && mount -t proc proc /proc';
    execFileSync('setpriv', [...args, '--kill-child', 'sh', '-c', mounts], {
      stdio: 'pipe',
      timeout: 10_000,
    });
    return undefined;
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? '').trim();
    return `it needs user namespaces, which this machine does not give (setpriv, unshare: ${said || 'not found'})`;
  }
}
