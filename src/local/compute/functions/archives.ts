/** The zip archives of functions and layers, unpacked into a folder. */
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { entryBytes, readZip } from '../../zip-archive.ts';

/** Bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const largestUnpacked = 262_144_000;

export async function unpackedSize(zip: Buffer): Promise<number> {
  let size = 0;
  for await (const entry of readZip(zip, largestUnpacked - 1))
    for await (const chunk of entry.content()) size += chunk.length;
  return size;
}

/** The archives over one another. Links are made last, so that no file is ever written through one. */
export async function unpackArchives(archives: readonly Buffer[], into: string): Promise<void> {
  const links = new Map<string, string>();
  const folders = new Set<string>();
  const makeFolder = async (path: string) => {
    if (folders.has(path)) return;
    await mkdir(path, { recursive: true });
    folders.add(path);
  };
  await makeFolder(into);
  for (const archive of archives)
    for await (const entry of readZip(archive, largestUnpacked - 1)) {
      const path = join(into, entry.path);
      for (let above = path; above !== into; above = dirname(above)) links.delete(above);
      if (entry.kind === 'folder') await makeFolder(path);
      else if (entry.kind === 'link') {
        await rm(path, { recursive: true, force: true });
        folders.clear();
        links.set(path, (await entryBytes(entry)).toString());
      } else {
        await makeFolder(dirname(path));
        await writeFile(path, entry.content(), { mode: entry.executable ? 0o755 : 0o644 });
      }
    }
  for (const [path, target] of links) {
    await makeFolder(dirname(path));
    await symlink(target, path);
  }
}

/** Texts by their paths. */
export async function writeFiles(files: Readonly<Record<string, string>>, into: string): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(into, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
