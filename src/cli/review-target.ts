/** From what the user named to an app, and to the answers that lie beside it in `review/`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenAppOptions, openApp } from '../api/open-app.ts';
import { SlipwayError } from '../core/errors.ts';
import {
  type Architecture,
  initConfig,
  initLoad,
  initReadiness,
  initUsage,
  review,
} from '../review/index.ts';

export interface ReviewTarget {
  readonly app: Architecture;
  /** Where `usage.yaml`, `load.yaml`, `config.yaml` and `readiness.yaml` are looked for. */
  readonly answers: string;
}

export async function openTarget(options: OpenAppOptions): Promise<ReviewTarget> {
  const { app, folder } = await openApp(options);
  return { app, answers: join(folder, 'review') };
}

/**
 * A file that was named must be there; one that was not is read when it is.
 * @throws SlipwayError review.unreadable
 */
export function readAnswers(folder: string, name: string, given: string | undefined): string | undefined {
  const file = given ?? join(folder, name);
  if (given === undefined && !existsSync(file)) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SlipwayError('review.unreadable', `${file} cannot be read: ${reason}`, { cause });
  }
}

export interface AnswerFile {
  readonly name: string;
  /** The option that writes this one alone. */
  readonly option?: string;
  /** The questions, with the answers that `existing` has. */
  write(app: Architecture, existing: string | undefined): string | Promise<string>;
}

/** What lies in `review/` beside an app. */
export const answerFiles: readonly AnswerFile[] = [
  { name: 'config.yaml', write: (_, existing) => existing ?? initConfig },
  { name: 'usage.yaml', option: 'init-usage', write: (app, existing) => initUsage(app, existing) },
  { name: 'load.yaml', option: 'init-load', write: (app, existing) => initLoad(app, existing) },
  {
    name: 'readiness.yaml',
    option: 'init-readiness',
    async write(app, existing) {
      const today = new Date().toISOString().slice(0, 10);
      const { readiness } = await review(app, { today, sections: ['security', 'recovery', 'readiness'] });
      return initReadiness(readiness ?? { items: [] }, existing);
    },
  },
];
