/** Jobs of the room-detection system: POST → completed, as a client that polls sees it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export async function jobLatencies(apiUrl: string, atOnce: number): Promise<readonly number[]> {
  const plan = readFileSync(join(process.cwd(), 'systems/room-detection/samples/l-shaped-flat.json'), 'utf8');
  const body = JSON.stringify({ walls: (JSON.parse(plan) as { walls: unknown }).walls });
  return Promise.all(
    Array.from({ length: atOnce }, async () => {
      const begun = performance.now();
      const posted = await fetch(`${apiUrl}jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { job_id } = (await posted.json()) as { job_id: string };
      for (;;) {
        const job = (await (await fetch(`${apiUrl}jobs/${job_id}`)).json()) as {
          status: string;
          error_message?: string;
        };
        if (job.status === 'completed') return performance.now() - begun;
        if (job.status === 'failed') throw new Error(`${job_id}: ${job.error_message}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }),
  );
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
