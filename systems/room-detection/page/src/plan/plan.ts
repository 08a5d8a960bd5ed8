/** A plan on the page, and the only way to one from text or from a file. Refuses what the API would refuse. */
import { PlanError, parsePlan, type Wall } from '../../../rooms/index.ts';
import { maxBodyBytes } from '../../../shared/job.ts';
import { fail } from '../problem.ts';

export interface Plan {
  readonly name: string;
  readonly walls: readonly Wall[];
}

const title = 'This plan cannot be used';
const example = 'Expected: {"walls": [{"type": "line", "start": [0, 0], "end": [4, 0]}, …]}.';

export function readPlan(text: string, fallbackName: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail(
      title,
      `“${fallbackName}” is not valid JSON: ${reason}`,
      `Fix the file and try again. ${example}`,
    );
  }
  try {
    const walls = parsePlan(value);
    return { name: nameOf(value) ?? fallbackName, walls };
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw fail(title, `“${fallbackName}”: ${error.message}`, example);
  }
}

const nameOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  return typeof value.name === 'string' && value.name !== '' ? value.name : undefined;
};

export async function readPlanFile(file: File): Promise<Plan> {
  // Twice the limit: white space and names in the file are not sent.
  if (file.size > 2 * maxBodyBytes) {
    const size = (file.size / 1_048_576).toFixed(1);
    throw fail(
      title,
      `“${file.name}” has ${size} MB.`,
      'Plans up to 5 MB are accepted: send one floor at a time.',
    );
  }
  return readPlan(await file.text(), file.name);
}
