/**
 * A mount that is made read-only in a user namespace must keep what the mount below it forbids, or the kernel refuses.
 * https://man7.org/linux/man-pages/man7/mount_namespaces.7.html
 */
import { readFileSync } from 'node:fs';

/** @returns how the options of a mount of this path begin, after others: `,nosuid,nodev` or nothing */
export function lookupMountFlags(): (path: string) => string {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .map(([, , , , point = '', options = '']) => ({
      point: point.replace(/\\(\d{3})/g, (_, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      ),
      kept: options.split(',').filter((one) => ['nosuid', 'nodev', 'noexec'].includes(one)),
    }))
    .filter(({ point }) => point !== '');
  return (path) => {
    let best = { point: '', kept: [] as string[] };
    for (const mount of mounts)
      if (
        (mount.point === '/' || path === mount.point || path.startsWith(`${mount.point}/`)) &&
        mount.point.length >= best.point.length
      )
        best = mount;
    return best.kept.map((one) => `,${one}`).join('');
  };
}
