/**
 * What passes between the worker and its detection thread: a plan's text in, the result's text and the few
 * figures that the record keeps out. Text both ways, so that nothing large is cloned field by field.
 */
import { detectRooms, PlanError, parsePlan } from '../rooms/index.ts';

export interface DetectionRequest {
  readonly id: number;
  readonly jobId: string;
  readonly plan: string;
}

export interface Detection {
  readonly output: string;
  readonly roomsCount: number;
  readonly confidenceScore: number;
}

export type DetectionReply =
  | { readonly id: number; readonly kind: 'detected'; readonly detection: Detection }
  | { readonly id: number; readonly kind: 'bad-plan' | 'failed'; readonly reason: string };

export function detect(request: DetectionRequest): DetectionReply {
  const { id } = request;
  try {
    const walls = parsePlan(JSON.parse(request.plan));
    const result = detectRooms(walls);
    // The walls go with the result: rooms refer to them by index, and a shared link can be drawn from it alone.
    const output = JSON.stringify({ job_id: request.jobId, ...result, walls });
    const detection = {
      output,
      roomsCount: result.rooms_count,
      confidenceScore: result.confidence_score,
    };
    return { id, kind: 'detected', detection };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const bad = error instanceof PlanError || error instanceof SyntaxError;
    return bad
      ? { id, kind: 'bad-plan', reason }
      : { id, kind: 'failed', reason: `The detection met an error of its own: ${reason}` };
  }
}
