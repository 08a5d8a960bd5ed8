/**
 * The folder of a state, looked at before anything in it is opened or written: that it is a folder, its owner's
 * alone, and holds what its marker says it held. What is damaged is told and left as it is.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isDiskFull, SlipwayError } from '../core/errors.ts';
import { reasonOf } from '../core/events.ts';
import { checkRecords } from './store/check-records.ts';

/** Written once there are records: an empty store beside it has lost them. */
interface Marker {
  readonly format: 1;
  readonly madeAt: string;
}

const markerOf = (directory: string) => join(directory, 'state.json');
const recordsOf = (directory: string) => join(directory, 'records', 'data.mdb');

/** Whether a local cloud wrote it. */
export const isStateFolder = (directory: string): boolean =>
  existsSync(markerOf(directory)) || existsSync(join(directory, 'records'));

/** Makes the folder where it is missing, and closes it to others. */
export function prepareStateFolder(directory: string): void {
  const cannot = (why: string, fix = 'name another folder with --state') =>
    new SlipwayError('local.state-unreadable', `the state folder ${directory} cannot be used: ${why}`, {
      fix,
    });
  try {
    makeFolder(directory);
    const found = statSync(directory);
    if (!found.isDirectory()) throw cannot('it is a file');
    // Its owner's alone: keys and data of the local cloud are in it. Windows has no such modes.
    if (process.platform === 'win32' || (found.mode & 0o077) === 0) return;
    if (!isStateFolder(directory) && readdirSync(directory).length > 0)
      throw cannot(
        'others can read it, and it has files in it that no local cloud wrote',
        `name an empty folder with --state, or close it to others: chmod 700 ${directory}`,
      );
    chmodSync(directory, 0o700);
  } catch (error) {
    if (error instanceof SlipwayError) throw error;
    throw cannot(reasonOf(error));
  }
}

/** One folder after the other: where none can be made, such as in /proc, Node's `recursive` does not come to an end. */
function makeFolder(directory: string): void {
  if (existsSync(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) makeFolder(parent);
  mkdirSync(directory, { mode: 0o700 });
}

/** @throws SlipwayError when the records are damaged, gone, or of another format */
export function checkState(directory: string): void {
  const marker = readMarker(directory);
  if (marker && marker.format !== 1)
    throw new SlipwayError(
      'local.state-unreadable',
      `the state in ${directory} has format ${String(marker.format)}, this Slipway reads format 1`,
      { fix: 'use the Slipway that wrote it, or start with another --state folder' },
    );
  const records = recordsOf(directory);
  // The first start writes runtime.json last: without it and the marker there never were records.
  const hadRecords = marker !== undefined || existsSync(join(directory, 'runtime.json'));
  if (!existsSync(records)) {
    if (hadRecords) throw damaged(directory, marker, ['it is not there'], 0, 0);
    return;
  }
  if (!hadRecords && statSync(records).size === 0) return;
  const damage = checkRecords(records);
  if (damage) throw damaged(directory, marker, damage.problems, damage.readable, damage.expected);
}

/** What cannot be opened for another reason than its pages. */
export function cannotOpen(directory: string, error: unknown): SlipwayError {
  if (!isDiskFull(error)) return damaged(directory, readMarker(directory), [reasonOf(error)], 0, 0);
  return new SlipwayError('local.state-unreadable', `the disk that holds ${directory} is full`, {
    fix: 'make room on it, or name a folder on another disk with --state',
    cause: error,
  });
}

/** Of a store that could be opened and has nothing of the cloud that the marker speaks of. */
export const lostRecords = (directory: string): SlipwayError | undefined => {
  const marker = readMarker(directory);
  return marker && damaged(directory, marker, ['it has no records of the cloud'], 0, 0);
};

function damaged(
  directory: string,
  marker: Marker | undefined,
  problems: readonly string[],
  readable: number,
  expected: number,
): SlipwayError {
  const since = marker ? `, in use since ${marker.madeAt}` : '';
  const left =
    expected > 0
      ? `${readable} of ${expected} pages that were looked at are whole`
      : 'nothing of it can be read';
  const bodies = countFiles(join(directory, 'objects'));
  return new SlipwayError(
    'local.state-damaged',
    `the state in ${directory}${since} is damaged: its record file ${recordsOf(directory)}: ${problems.join('; ')}. ${left}; ${bodies} files with bodies of objects are there. Nothing was changed`,
    {
      fix: `bring back a copy of the folder, or give the state up with slipway down --purge --state ${directory}, or start with another --state folder`,
    },
  );
}

const countFiles = (folder: string): number =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
    : 0;

function readMarker(directory: string): Marker | undefined {
  const file = markerOf(directory);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Marker;
  } catch {
    // It was cut short; what it stands for holds.
    return { format: 1, madeAt: 'a time that can no longer be read' };
  }
}

/** Call when the first records are written. */
export function markState(directory: string, now: number): void {
  if (existsSync(markerOf(directory))) return;
  const marker: Marker = { format: 1, madeAt: new Date(now).toISOString() };
  const partial = `${markerOf(directory)}.partial`;
  writeFileSync(partial, `${JSON.stringify(marker)}\n`, { mode: 0o600 });
  renameSync(partial, markerOf(directory));
}
