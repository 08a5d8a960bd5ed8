/**
 * Accuracy per family of generated plans: `node --import tsx bench/accuracy.ts [plans per family] [seed]`.
 * Prints the share of true rooms found and of found rooms that are false, and the seed of the first failure.
 */
import { detectRooms } from '../rooms/index.ts';
import { FAMILIES, type Family } from './plans/families.ts';
import { seeded } from './plans/plan.ts';
import { scored } from './plans/score.ts';

export interface FamilyScore {
  readonly family: string;
  readonly clean: boolean;
  readonly plans: number;
  readonly truth: number;
  readonly right: number;
  readonly wrong: number;
  readonly accuracy: number;
  readonly falsePositives: number;
  readonly firstFailure: number | null;
}

export function scoreFamily(family: Family, plans: number, seed: number): FamilyScore {
  let truth = 0;
  let right = 0;
  let wrong = 0;
  let found = 0;
  let firstFailure: number | null = null;
  for (let i = 0; i < plans; i++) {
    const plan = family.make(seeded(seed + i));
    const score = scored(plan, detectRooms(plan.walls).rooms);
    truth += score.truth;
    right += score.right;
    wrong += score.wrong;
    found += score.found;
    if ((score.wrong > 0 || score.right < score.truth) && firstFailure === null) firstFailure = seed + i;
  }
  return {
    family: family.name,
    clean: family.clean,
    plans,
    truth,
    right,
    wrong,
    accuracy: truth === 0 ? 1 : right / truth,
    falsePositives: found === 0 ? 0 : wrong / found,
    firstFailure,
  };
}

export function accuracyTable(scores: readonly FamilyScore[]): string {
  const rows = scores.map((s) => [
    s.family,
    String(s.plans),
    String(s.truth),
    `${(100 * s.accuracy).toFixed(2)} %`,
    `${(100 * s.falsePositives).toFixed(2)} %`,
    s.firstFailure === null ? '' : `seed ${s.firstFailure}`,
  ]);
  const head = ['family', 'plans', 'rooms', 'found', 'false', 'first failure'];
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => (r[i] ?? '').length)));
  return [head, ...rows]
    .map((r) =>
      r.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].split('/').pop() ?? '')) {
  const plans = Number(process.argv[2] ?? 40);
  const seed = Number(process.argv[3] ?? 1);
  const scores = FAMILIES.map((family) => scoreFamily(family, plans, seed));
  process.stdout.write(`${accuracyTable(scores)}\n`);
}
