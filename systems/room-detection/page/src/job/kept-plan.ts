/**
 * The plan of the running job, and the drawing in progress, kept in the browser over a reload. Storage may be
 * full, blocked or hold something else: then nothing is kept, and the finished job still brings its walls.
 */
import { type Plan, readPlan } from '../plan/plan.ts';

const keyOf = (name: 'plan' | 'drawing'): string => `room-detection.${name}`;

export function keepPlan(name: 'plan' | 'drawing', plan: Plan, jobId = ''): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify({ jobId, name: plan.name, walls: plan.walls }));
  } catch {
    forgetPlan(name);
  }
}

export function forgetPlan(name: 'plan' | 'drawing'): void {
  try {
    localStorage.removeItem(keyOf(name));
  } catch {
    // No storage, nothing to forget.
  }
}

export function keptPlan(name: 'plan' | 'drawing', jobId = ''): Plan | undefined {
  try {
    const text = localStorage.getItem(keyOf(name));
    if (text === null) return undefined;
    const kept: { jobId?: unknown; name?: unknown; walls?: unknown } = JSON.parse(text);
    if (kept.jobId !== jobId || typeof kept.name !== 'string') return undefined;
    return readPlan(JSON.stringify({ walls: kept.walls }), kept.name);
  } catch {
    return undefined;
  }
}
