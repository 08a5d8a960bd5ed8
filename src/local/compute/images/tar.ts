/**
 * Tar archives as image layers have them (ustar with pax paths), written the same for the same content: no owner
 * names, and time stamps only where they are given. Reads files, folders and symbolic links; anything else in a layer is refused.
 */
import { gunzipSync } from 'node:zlib';
import { SlipwayError } from '../../../core/errors.ts';

export interface TarEntry {
  /** Relative, forward slashes, no trailing slash. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  /** Seconds since 1970; 0 for what is copied, so that the same content makes the same layer. */
  readonly mtime?: number;
  readonly data: Uint8Array;
  /** Target of a symbolic link. */
  readonly target?: string;
}

const block = 512;
const none = new Uint8Array();

export function writeTar(entries: readonly TarEntry[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const path = entry.kind === 'directory' ? `${entry.path}/` : entry.path;
    const records = [
      ...(Buffer.byteLength(path) > 100 ? [paxRecord('path', path)] : []),
      ...(Buffer.byteLength(entry.target ?? '') > 100 ? [paxRecord('linkpath', entry.target ?? '')] : []),
    ];
    if (records.length > 0) {
      const data = Buffer.from(records.join(''));
      parts.push(header('pax', 'x', 0o644, data.length, '', 0), ...padded(data));
    }
    const type = entry.kind === 'file' ? '0' : entry.kind === 'directory' ? '5' : '2';
    const data = entry.kind === 'file' ? entry.data : none;
    parts.push(
      header(path, type, entry.mode, data.length, entry.target ?? '', entry.mtime ?? 0),
      ...padded(data),
    );
  }
  parts.push(new Uint8Array(2 * block));
  return Buffer.concat(parts);
}

function header(
  path: string,
  type: string,
  mode: number,
  size: number,
  target: string,
  mtime: number,
): Buffer {
  const out = Buffer.alloc(block);
  out.write(Buffer.from(path).subarray(0, 100).toString('latin1'), 0, 100, 'latin1');
  out.write(octal(mode & 0o7777, 8), 100);
  out.write(octal(0, 8), 108);
  out.write(octal(0, 8), 116);
  out.write(octal(size, 12), 124);
  out.write(octal(mtime, 12), 136);
  out.write(' '.repeat(8), 148);
  out.write(type, 156);
  out.write(Buffer.from(target).subarray(0, 100).toString('latin1'), 157, 100, 'latin1');
  out.write('ustar\u000000', 257);
  const sum = out.reduce((total, byte) => total + byte, 0);
  out.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
  return out;
}

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\u0000`;

/** `<length> key=value\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return `${length} ${key}=${value}\n`;
}

const padded = (data: Uint8Array): Uint8Array[] =>
  data.length % block === 0 ? [data] : [data, new Uint8Array(block - (data.length % block))];

/** What is inside of gzip, or the data itself; undefined when it cannot be unzipped. */
export function unzipped(data: Buffer): Buffer | undefined {
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  try {
    return gunzipSync(data);
  } catch {
    return undefined;
  }
}

export function readTar(archive: Buffer): TarEntry[] {
  const entries: TarEntry[] = [];
  let pax: Record<string, string> = {};
  let longPath: string | undefined;
  for (let at = 0; at + block <= archive.length; ) {
    const head = archive.subarray(at, at + block);
    if (head.every((byte) => byte === 0)) break;
    const size = Number(pax.size ?? Number.parseInt(text(head, 124, 12).trim() || '0', 8));
    const data = archive.subarray(at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
    const type = text(head, 156, 1) || '0';
    if (type === 'x' || type === 'g') {
      if (type === 'x') pax = paxRecords(data);
      continue;
    }
    if (type === 'L') {
      longPath = data.toString('utf8').replace(/\0+$/, '');
      continue;
    }
    const prefix = text(head, 257, 5) === 'ustar' ? text(head, 345, 155) : '';
    const name = pax.path ?? longPath ?? (prefix ? `${prefix}/` : '') + text(head, 0, 100);
    const path = name.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
    const mode = Number.parseInt(text(head, 100, 8).trim() || '644', 8);
    const target = pax.linkpath ?? text(head, 157, 100);
    const mtime = Math.floor(Number(pax.mtime ?? Number.parseInt(text(head, 136, 12).trim() || '0', 8)));
    pax = {};
    longPath = undefined;
    if (path === '') continue;
    if (path.split('/').includes('..'))
      throw new SlipwayError(
        'local.container-unsupported',
        `a layer holds the path ${name}, which leaves it`,
      );
    const kind = type === '0' ? 'file' : type === '5' ? 'directory' : type === '2' ? 'symlink' : undefined;
    if (!kind)
      throw new SlipwayError(
        'local.container-unsupported',
        `a layer holds ${path} as a tar entry of type ${type}; files, folders and symbolic links are read`,
      );
    entries.push({
      path,
      kind,
      mode,
      ...(mtime > 0 ? { mtime } : {}),
      data: kind === 'file' ? data : none,
      ...(kind === 'symlink' ? { target } : {}),
    });
  }
  return entries;
}

const text = (head: Buffer, from: number, length: number) => {
  const field = head.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
};

function paxRecords(data: Buffer): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at < data.length; ) {
    const blank = data.indexOf(0x20, at);
    const length = Number(data.subarray(at, blank).toString());
    if (blank < 0 || !(length > 0)) break;
    const record = data.subarray(blank + 1, at + length - 1).toString('utf8');
    const equals = record.indexOf('=');
    found[record.slice(0, equals)] = record.slice(equals + 1);
    at += length;
  }
  return found;
}
