/** The folder or file that a user named. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';

/** @throws SlipwayError template.unreadable when nothing is there */
export function existingTarget(
  path: string,
  fix = 'name a folder with cdk.json, a cdk.out folder, or a template file',
): string {
  const target = resolve(path);
  if (existsSync(target)) return target;
  throw new SlipwayError('template.unreadable', `${target} does not exist`, { fix });
}

export const noApp = (folder: string): SlipwayError =>
  new SlipwayError(
    'template.unreadable',
    `${folder} holds neither cdk.json nor a cloud assembly's manifest.json`,
    { fix: 'name the folder of a CDK app, its cdk.out, or a template file' },
  );
