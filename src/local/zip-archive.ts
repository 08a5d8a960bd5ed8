/**
 * Zip archives that somebody uploaded: their entries in order, none of which may reach out of the folder that it is
 * unpacked into, and none of which may be larger than the archive says. Reading costs what is read: sizes are counted
 * while inflating, and an archive that is too large is refused before its first byte is.
 */
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, getFileNameLowLevel, validateFileName, type ZipFile } from 'yauzl';
import { reasonOf } from '../core/events.ts';

/** It is no zip, or an entry is damaged. */
export class ZipError extends Error {}

/** An entry must not be unpacked; the message says which and why. */
export class ZipRefused extends ZipError {}

/** Its files are larger than the limit together. */
export class ZipTooLarge extends Error {}

export interface ZipEntry {
  /** With slashes, without one at the end. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly executable: boolean;
  /** Of a link: where it points to. May be read once. @throws ZipError when it is not what the archive says */
  content(): AsyncIterable<Buffer>;
}

/** Inflating less than this at once takes less time than handing it to a thread. */
const smallEntry = 64 * 1024;
const longestName = 255;
const unix = 3;
const darwin = 19;
/** By the file type in a Unix mode. */
const fileTypes: ReadonlyMap<number, ZipEntry['kind']> = new Map([
  [0, 'file'],
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
]);

/** @param limit bytes of all files together, unpacked */
export async function* readZip(zip: Buffer, limit: number): AsyncGenerator<ZipEntry> {
  const paths = new Map<string, ZipEntry['kind']>();
  let size = 0;
  try {
    const archive = await fromBufferPromise(zip, { decodeStrings: false });
    for await (const entry of archive.eachEntry()) {
      size += entry.uncompressedSize;
      if (size > limit) throw new ZipTooLarge(`The files are larger than ${limit} bytes.`);
      const path = pathOf(entry);
      const { kind, executable } = modeOf(entry);
      place(paths, path, kind);
      if (path === '') continue;
      yield { path, kind, executable, content: () => contentOf(zip, archive, entry) };
    }
  } catch (error) {
    throw error instanceof ZipTooLarge ? error : asZipError(error);
  }
}

const asZipError = (error: unknown): ZipError =>
  error instanceof ZipError ? error : new ZipError(reasonOf(error));

/** The whole content of an entry. */
export async function entryBytes(entry: ZipEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry.content()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A backslash is part of a name, as on AWS's Linux; where it parts folders, the name must stay inside as well. */
function pathOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  const problem = validateFileName(name.replaceAll('\\', '/'));
  if (problem) throw new ZipRefused(problem);
  if (name === '' || name.includes('\0'))
    throw new ZipRefused(`The name ${JSON.stringify(name)} is not one.`);
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  for (const part of parts)
    if (Buffer.byteLength(part) > longestName) throw new ZipRefused(`The name ${part} is too long.`);
  return parts.join('/');
}

/** The high half of the external attributes is the Unix mode, when the archive was made on such a system. */
function modeOf(entry: Entry): Pick<ZipEntry, 'kind' | 'executable'> {
  const system = entry.versionMadeBy >>> 8;
  const mode = system === unix || system === darwin ? entry.externalFileAttributes >>> 16 : 0;
  const kind = fileTypes.get(mode & 0o170000);
  if (kind === undefined)
    throw new ZipRefused(
      `${entry.fileNameRaw.toString()} is no file, folder or link (mode ${mode.toString(8)}).`,
    );
  const folder = entry.fileNameRaw.at(-1) === 0x2f;
  return { kind: folder ? 'folder' : kind, executable: (mode & 0o111) !== 0 };
}

/** Of two files of one name the later one counts; nothing may lie below a file or a link, or take its place. */
function place(paths: Map<string, ZipEntry['kind']>, path: string, kind: ZipEntry['kind']): void {
  for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end);
    if ((paths.get(folder) ?? 'folder') !== 'folder')
      throw new ZipRefused(`${path} lies below ${folder}, which is no folder.`);
    paths.set(folder, 'folder');
  }
  const before = paths.get(path);
  if (before !== undefined && (before !== kind || kind === 'link'))
    throw new ZipRefused(`${path} is in the archive twice, as a ${before} and as a ${kind}.`);
  paths.set(path, kind);
}

async function* contentOf(zip: Buffer, archive: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  try {
    yield* checked(zip, archive, entry);
  } catch (error) {
    throw asZipError(error);
  }
}

async function* checked(zip: Buffer, archive: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (!entry.canDecodeFileData()) throw new ZipError('An entry is encrypted or packed by an unknown method.');
  const { compressedSize, uncompressedSize } = entry;
  const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = zip.subarray(fileDataStart, fileDataStart + compressedSize);
  let size = 0;
  let sum = 0;
  for await (const chunk of inflated(packed, entry)) {
    size += chunk.length;
    if (size > uncompressedSize) break;
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (size !== uncompressedSize)
    throw new ZipError(`An entry is not of the ${uncompressedSize} bytes it says.`);
  if (sum !== entry.crc32) throw new ZipError('An entry does not have its checksum.');
}

async function* inflated(packed: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.compressionMethod === 0) yield packed;
  else if (entry.uncompressedSize <= smallEntry)
    yield inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.uncompressedSize) });
  else {
    const stream = createInflateRaw();
    stream.end(packed);
    yield* stream as AsyncIterable<Buffer>;
  }
}
