/** Who listens on a port? Best effort: Slipway itself is asked, other processes are looked up on Linux. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { slipwayAt } from './health.ts';

export async function portOwner(port: number): Promise<string | undefined> {
  const ours = await slipwayAt(`http://127.0.0.1:${port}`, 500);
  if (ours !== undefined) return `another Slipway local cloud, process ${ours}`;
  try {
    const inode = listeningInode(port);
    return inode === undefined ? undefined : processOf(inode);
  } catch {
    return undefined;
  }
}

/** https://docs.kernel.org/networking/proc_net_tcp.html: state 0A is LISTEN; ports are hexadecimal. */
function listeningInode(port: number): string | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A') return fields[9];
    }
  }
  return undefined;
}

function processOf(inode: string): string | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`))
        if (readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`)
          return `process ${pid} (${readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ').slice(0, 80)})`;
    } catch {
      // Gone, or somebody else's.
    }
  }
  return undefined;
}
