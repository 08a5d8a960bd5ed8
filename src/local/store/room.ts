/**
 * Room on the disk for what LMDB is going to write. LMDB does not survive a full disk: after a commit that could not
 * be written its memory is no longer sound, and the process ends. So the record file is made longer before it is
 * needed, with zeros, which fails here, and harmlessly, when the disk is full; LMDB then writes over them.
 * It does not hold on file systems that write elsewhere instead of over what is there (btrfs, ZFS).
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

export interface Room {
  /** @throws ENOSPC when there is no room for `bytes` more. `fresh`: nothing is under way that is not committed. */
  reserve(bytes: number, fresh: boolean): void;
  close(): void;
}

const leastStep = 1024 * 1024;
const mostStep = 16 * 1024 * 1024;
const zeros = Buffer.alloc(64 * 1024);
/** Of the field that names the last page in use, in a meta page. See ./check-records.ts. */
const pageSizeAt = 48;
const lastPageAt = 144;
const transactionAt = 152;

/** @param file an LMDB file that was opened */
export function openRoom(file: string): Room {
  const handle = openSync(file, 'r+');
  const meta = Buffer.alloc(transactionAt + 8);
  /** Up to here the file has blocks on the disk. */
  let end = fstatSync(handle).size;
  let left = 0;

  const read = (at: number) => {
    readSync(handle, meta, 0, meta.length, at);
    return {
      pageSize: meta.readUInt32LE(pageSizeAt),
      lastPage: Number(meta.readBigUInt64LE(lastPageAt)),
      transaction: meta.readBigUInt64LE(transactionAt),
    };
  };
  const used = () => {
    const first = read(0);
    const second = read(first.pageSize);
    return (1 + (first.transaction >= second.transaction ? first : second).lastPage) * first.pageSize;
  };
  const extend = (bytes: number) => {
    const target = end + bytes;
    // Piece by piece: what was written before the disk was full is kept and counts.
    while (end < target)
      end += writeSync(handle, zeros, 0, Math.ceil(Math.min(zeros.length, target - end)), end);
  };

  return {
    reserve(bytes, fresh) {
      left -= bytes;
      if (left >= 0) return;
      if (fresh) {
        end = Math.max(end, fstatSync(handle).size);
        left = end - used() - bytes;
        if (left >= 0) return;
      }
      const before = end;
      try {
        extend(Math.max(leastStep, Math.min(mostStep, end / 8)) - left);
      } catch (error) {
        left += end - before;
        if (left >= 0) return;
        left += bytes;
        throw error;
      }
      left += end - before;
    },
    close: () => closeSync(handle),
  };
}
