/** The result that a job leaves in S3, and the reading of it. */
import type { Detection, Room, Wall } from '../../../rooms/index.ts';
import { fail } from '../problem.ts';

export interface JobResult extends Detection {
  readonly job_id: string;
  readonly walls: readonly Wall[];
}

/** Rooms below this are hatched and explained. */
export const lowConfidence = 0.7;

export const isUncertain = (room: Room): boolean => room.confidence < lowConfidence;

export function readResult(text: string): JobResult {
  try {
    const value: unknown = JSON.parse(text);
    if (isResult(value)) return value;
  } catch {
    // Falls through to the same message: the text is not a result either way.
  }
  throw fail(
    'The result cannot be read',
    'The stored result is not a list of rooms.',
    'Run the detection again.',
  );
}

/** The worker writes the file; this tells a result from an error page, no more. */
const isResult = (value: unknown): value is JobResult =>
  typeof value === 'object' &&
  value !== null &&
  'rooms' in value &&
  Array.isArray(value.rooms) &&
  'walls' in value &&
  Array.isArray(value.walls);
