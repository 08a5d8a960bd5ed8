/**
 * The built engine of cloudformation-validate, kept: building it takes seconds of processor time and always comes to the
 * same, so its memory (WebAssembly's own, about 270 MB) is written to a file and read back by later runs, which takes a
 * tenth of a second. This rests on how wasm-bindgen lays out a module, so everything is checked, and whatever is not as
 * expected means that the engine is built as the package builds it. The file is named by the bytes of the package.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What of a WebAssembly instance holds state; TypeScript's `lib` without the DOM does not know WebAssembly. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Table {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, value: unknown): void;
  grow(by: number): number;
}
export interface EngineState {
  readonly memory: Memory;
  readonly table: Table;
}

interface Header {
  readonly pointer: number;
  readonly bytes: number;
  readonly entries: number;
  /** Every entry of the table that is something: its index, and its name in `values` or its text. */
  readonly known: readonly (readonly [number, 'value' | 'text', string])[];
}

const page = 65_536;
/** The JavaScript values that a built engine may hold besides text; one that holds another is not kept. */
const values: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['globalThis', globalThis],
  ['performance', performance],
]);

/** Where the image of the engine lies that is made of this package. */
export function imageFile(folder: string, packageFile: string): string {
  const hash = createHash('sha256');
  const from = dirname(packageFile);
  for (const name of ['package.json', 'bindings_wasm.js', 'bindings_wasm_bg.wasm'])
    hash.update(readFileSync(join(from, name)));
  return join(folder, `engine-${hash.digest('hex').slice(0, 40)}.image`);
}

/** There while a process builds the engine in the background (background-build.ts). */
export const buildingMark = (folder: string): string => join(folder, 'engine.building');

/** Runs `load`, which loads a wasm-bindgen module, and @returns what of it holds state. */
export function loadWithState<T>(load: () => T): { readonly loaded: T; readonly state?: EngineState } {
  const wasm: unknown = Reflect.get(globalThis, 'WebAssembly');
  const Instance: unknown = isObject(wasm) ? Reflect.get(wasm, 'Instance') : undefined;
  if (!isObject(wasm) || typeof Instance !== 'function') return { loaded: load() };
  const made: object[] = [];
  const watched = new Proxy(Instance, {
    construct(target, args, newTarget) {
      const instance: object = Reflect.construct(target, args, newTarget);
      made.push(instance);
      return instance;
    },
  });
  Reflect.set(wasm, 'Instance', watched);
  try {
    const loaded = load();
    const exported: unknown = made.length === 1 ? Reflect.get(made[0] ?? {}, 'exports') : undefined;
    if (!isObject(exported)) return { loaded };
    const memory: unknown = Reflect.get(exported, 'memory');
    const table: unknown = Reflect.get(exported, '__wbindgen_externrefs');
    return isMemory(memory) && isTable(table) ? { loaded, state: { memory, table } } : { loaded };
  } finally {
    Reflect.set(wasm, 'Instance', Instance);
  }
}

/** Never throws: an engine that cannot be kept is built again next time. */
export function writeImage(file: string, { memory, table }: EngineState, pointer: number): void {
  const known: [number, 'value' | 'text', string][] = [];
  for (let index = 0; index < table.length; index++) {
    const value = table.get(index);
    if (value === undefined) continue;
    const name = [...values].find(([, one]) => one === value)?.[0];
    if (name !== undefined) known.push([index, 'value', name]);
    else if (typeof value === 'string') known.push([index, 'text', value]);
    else return;
  }
  const bytes = memory.buffer.byteLength;
  const header: Header = { pointer, bytes, entries: table.length, known };
  const head = new Uint8Array(page);
  const text = new TextEncoder().encode(JSON.stringify(header));
  if (text.length > page) return;
  head.set(text);
  const fresh = `${file}.${process.pid}`;
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Those of other versions; at this size one is enough.
    for (const name of readdirSync(folder))
      if (/^engine-[0-9a-f]+\.image/.test(name)) rmSync(join(folder, name), { force: true });
    const fd = openSync(fresh, 'w', 0o600);
    try {
      writeWhole(fd, head);
      writeWhole(fd, new Uint8Array(memory.buffer));
    } finally {
      closeSync(fd);
    }
    renameSync(fresh, file);
  } catch {
    // A read-only or full disk costs time, not the review.
    discard(fresh);
  }
}

/** Never throws: a file that cannot be removed is not ours to remove. */
export function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // As above.
  }
}

/** @returns the pointer of the engine that now is in memory, or nothing: build it */
export function readImage(file: string, { memory, table }: EngineState): number | undefined {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    const head = new Uint8Array(page);
    if (readSync(fd, head, 0, page, 0) !== page) return undefined;
    const text = new TextDecoder().decode(head.subarray(0, head.indexOf(0)));
    // Only `writeImage` puts files of this name here, whole or not at all.
    const { pointer, bytes, entries, known } = JSON.parse(text) as Header;
    const more = bytes - memory.buffer.byteLength;
    if (fstatSync(fd).size !== page + bytes || more < 0 || bytes % page !== 0) return undefined;
    if (entries < table.length || known.some(([, kind, name]) => kind === 'value' && !values.has(name)))
      return undefined;
    memory.grow(more / page);
    const whole = new Uint8Array(memory.buffer);
    for (let at = 0; at < bytes; ) {
      const read = readSync(fd, whole, at, bytes - at, page + at);
      if (read === 0) throw new Error(`${file} ends early`);
      at += read;
    }
    table.grow(entries - table.length);
    for (const [index, kind, name] of known) table.set(index, kind === 'text' ? name : values.get(name));
    return pointer;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    closeSync(fd);
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isMemory = (value: unknown): value is Memory =>
  isObject(value) &&
  Reflect.get(value, 'buffer') instanceof ArrayBuffer &&
  typeof Reflect.get(value, 'grow') === 'function';
const isTable = (value: unknown): value is Table =>
  isObject(value) && typeof Reflect.get(value, 'length') === 'number' && 'get' in value && 'set' in value;
