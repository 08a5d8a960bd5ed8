/** From what the user named to an app, and to the answers that lie beside it in `review/`. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import {
  type Architecture,
  initConfig,
  initLoad,
  initReadiness,
  initUsage,
  readArchitecture,
  review,
} from '../review/index.ts';

export interface ReviewTarget {
  readonly app: Architecture;
  /** Where `usage.yaml`, `load.yaml`, `config.yaml` and `readiness.yaml` are looked for. */
  readonly answers: string;
}

export interface ReviewTargetOptions {
  readonly target: string;
  readonly region?: string;
  readonly context: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly host: Host;
}

/** AWS's own example account: what an app sees that asks for the account it will be deployed to. */
const exampleAccount = '123456789012';

export async function openTarget(options: ReviewTargetOptions): Promise<ReviewTarget> {
  const target = resolve(options.target);
  if (!existsSync(target))
    throw new SlipwayError('template.unreadable', `${target} does not exist`, {
      fix: 'name a folder with cdk.json, a cdk.out folder, or a template file',
    });
  const load = (path: string, name?: string) =>
    readArchitecture(path, {
      ...(options.region === undefined ? {} : { region: options.region }),
      ...(name === undefined ? {} : { name }),
      parameters: options.parameters,
    });
  if (!statSync(target).isDirectory())
    return { app: await load(target), answers: join(dirname(target), 'review') };
  if (existsSync(join(target, 'manifest.json'))) {
    const folder = basename(target) === 'cdk.out' ? dirname(target) : target;
    return { app: await load(target), answers: join(folder, 'review') };
  }
  if (!existsSync(join(target, 'cdk.json')))
    throw new SlipwayError(
      'template.unreadable',
      `${target} holds neither cdk.json nor a cloud assembly's manifest.json`,
      { fix: 'name the folder of a CDK app, its cdk.out, or a template file' },
    );
  // Not at the top: it comes with the AWS clients, and a review of a template needs none.
  const { synthesize } = await import('../deploy/synthesize.ts');
  const assembly = await synthesize({
    folder: target,
    accountId: exampleAccount,
    region: options.region ?? 'us-east-1',
    context: options.context,
    host: options.host,
  });
  return { app: await load(assembly, basename(target)), answers: join(target, 'review') };
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
