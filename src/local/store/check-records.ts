/**
 * Whether the record store's file can be opened. LMDB maps it into memory and follows what its pages say: of a file
 * that was cut short or overwritten the process would die (SIGBUS, SIGSEGV) without a word. So its pages are read here
 * first: both meta pages, and every page that the newer one leads to. What stands inside a value is not checked.
 * The layout is that of LMDB's data version 2, as lmdb 3 writes it: liblmdb/mdb.c, MDB_page_header, MDB_meta, MDB_node.
 */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

export interface RecordsDamage {
  /** What is wrong, as sentences' ends. */
  readonly problems: readonly string[];
  /** Pages that can be read, of those that should be there. */
  readonly readable: number;
  readonly expected: number;
}

const magic = 0xbeefc0de;
const dataVersion = 2;
const headerSize = 24;
const flag = { branch: 0x01, leaf: 0x02, overflow: 0x04, meta: 0x08 } as const;
const bigData = 0x01;
const noPage = 0xffff_ffff_ffff_ffffn;
/** Larger files are read page by page. */
const readAtOnce = 64 * 1024 * 1024;
const longestTree = 64;
const maxProblems = 5;

/** @returns undefined when it can be opened */
export function checkRecords(file: string): RecordsDamage | undefined {
  const handle = openSync(file, 'r');
  try {
    return checkPages(handle, fstatSync(handle).size);
  } finally {
    closeSync(handle);
  }
}

interface Meta {
  readonly pageSize: number;
  readonly roots: readonly [free: bigint, main: bigint];
  readonly lastPage: number;
  readonly transaction: bigint;
}

function checkPages(handle: number, size: number): RecordsDamage | undefined {
  const wrong = (problem: string): RecordsDamage => ({ problems: [problem], readable: 0, expected: 0 });
  if (size === 0) return wrong('it is empty');
  const head = Buffer.alloc(headerSize + 152);
  const metaAt = (at: number) => {
    head.fill(0);
    readSync(handle, head, 0, head.length, at);
    return readMeta(head);
  };
  const first = metaAt(0);
  if (typeof first === 'string') return wrong(`its first page ${first}`);
  const second = metaAt(first.pageSize);
  if (typeof second === 'string') return wrong(`its second page ${second}`);
  if (second.pageSize !== first.pageSize) return wrong('its first two pages contradict each other');
  return walk(handle, size, first.transaction >= second.transaction ? first : second);
}

/** @returns what is wrong with it, when something is */
function readMeta(page: Buffer): Meta | string {
  if (page.every((byte) => byte === 0)) return 'is empty';
  if (!(page.readUInt16LE(18) & flag.meta) || page.readUInt32LE(24) !== magic)
    return 'is not one of a record store';
  const version = page.readUInt32LE(28) & 0xffff;
  if (version !== dataVersion) return `has the data version ${version}, expected ${dataVersion}`;
  const pageSize = page.readUInt32LE(48);
  const powerOfTwo = (pageSize & (pageSize - 1)) === 0;
  if (pageSize < 256 || pageSize > 65_536 || !powerOfTwo) return `states a page size of ${pageSize}`;
  return {
    pageSize,
    roots: [page.readBigUInt64LE(88), page.readBigUInt64LE(136)],
    lastPage: Number(page.readBigUInt64LE(144)),
    transaction: page.readBigUInt64LE(152),
  };
}

function walk(handle: number, size: number, { pageSize, roots, lastPage }: Meta): RecordsDamage | undefined {
  const whole = size <= readAtOnce ? readFileSync(handle, { flag: 'r' }) : undefined;
  // readFileSync reads on from where the descriptor stands, which the reads at a position did not move.
  const own = Buffer.alloc(pageSize);
  const pageAt = (number: number): Buffer => {
    if (whole) return whole.subarray(number * pageSize, (number + 1) * pageSize);
    readSync(handle, own, 0, pageSize, number * pageSize);
    return own;
  };
  const problems: string[] = [];
  const seen = new Uint8Array(lastPage < 2 ** 31 ? lastPage + 1 : 0);
  let readable = 0;
  let expected = 0;
  const problem = (text: string) => {
    if (problems.length < maxProblems) problems.push(text);
  };
  /** Takes `count` pages from `number` on as used; false when they cannot be. */
  const use = (number: number, count: number): boolean => {
    expected += count;
    if (number < 2 || number + count - 1 > lastPage) {
      problem(`it refers to page ${number}, and has pages 2 to ${lastPage}`);
      return false;
    }
    if ((number + count) * pageSize > size) {
      problem(
        `page ${number + count - 1} is missing: the file ends after ${size.toLocaleString('en')} bytes`,
      );
      return false;
    }
    for (let at = number; at < number + count; at++) {
      if (seen[at]) {
        problem(`page ${at} is used twice`);
        return false;
      }
      seen[at] = 1;
    }
    readable += count;
    return true;
  };

  function tree(number: number, depth: number): void {
    if (!use(number, 1)) return;
    const page = pageAt(number);
    const children: number[] = [];
    const broken = readPage(page, number, pageSize, {
      child: (child) => children.push(child),
      overflow: (child) => children.push(-child),
    });
    if (broken || depth > longestTree) {
      readable--;
      problem(`page ${number} ${broken ?? 'lies too deep'}`);
      return;
    }
    for (const child of children)
      if (child >= 0) tree(child, depth + 1);
      else overflow(-child);
  }

  function overflow(number: number): void {
    if (number < 2 || (number + 1) * pageSize > size) {
      use(number, 1);
      return;
    }
    const page = pageAt(number);
    if (!(page.readUInt16LE(18) & flag.overflow) || Number(page.readBigUInt64LE(0)) !== number) {
      expected++;
      problem(`page ${number} does not begin a long value`);
      return;
    }
    use(number, page.readUInt32LE(20));
  }

  for (const root of roots) if (root !== noPage) tree(Number(root), 0);
  return problems.length > 0 ? { problems, readable, expected } : undefined;
}

/** @returns what is wrong with it */
function readPage(
  page: Buffer,
  number: number,
  pageSize: number,
  found: { child(page: number): void; overflow(page: number): void },
): string | undefined {
  const flags = page.readUInt16LE(18);
  if (page.readBigUInt64LE(0) !== BigInt(number)) return 'has another number in its header';
  const isBranch = (flags & flag.branch) !== 0;
  if (isBranch === ((flags & flag.leaf) !== 0)) return 'is neither a branch nor a leaf';
  // Places in a page count from the end of its header.
  const lower = headerSize + page.readUInt16LE(20);
  const upper = headerSize + page.readUInt16LE(22);
  if (lower > upper || upper > pageSize) return 'has no place for its records';
  for (let at = headerSize; at < lower; at += 2) {
    const node = headerSize + page.readUInt16LE(at);
    if (node < upper || node + 8 > pageSize) return 'refers to a record outside of it';
    const size = page.readUInt32LE(node);
    const nodeFlags = page.readUInt16LE(node + 4);
    const data = node + 8 + page.readUInt16LE(node + 6);
    if (data > pageSize) return 'has a key that leads out of it';
    if (isBranch) found.child(size + nodeFlags * 2 ** 32);
    else if (nodeFlags & bigData) {
      if (data + 8 > pageSize) return 'has a record that leads out of it';
      found.overflow(Number(page.readBigUInt64LE(data)));
    } else if (data + size > pageSize) return 'has a value that leads out of it';
  }
  return undefined;
}
