/** A zip of a folder with fixed dates and sorted names: the same folder gives the same bytes. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The first date a zip can hold, as the CDK uses. */
const epoch = new Date(1980, 0, 1);

export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = (await readdir(folder, { recursive: true })).sort();
  const files: Zippable = {};
  for (const entry of entries) {
    const path = join(folder, entry);
    const info = await stat(path);
    if (!info.isFile()) continue;
    const name = entry.split(sep).join(posix.sep);
    // Unix permissions live in the upper half of the external attributes.
    files[name] = [
      new Uint8Array(await readFile(path)),
      { mtime: epoch, os: 3, attrs: ((info.mode & 0xffff) << 16) >>> 0 },
    ];
  }
  // Level 1: the local round trip gains nothing from smaller archives, and AWS takes them as well.
  return zipSync(files, { level: 1 });
}
