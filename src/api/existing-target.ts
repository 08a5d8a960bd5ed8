/** The folder or file that a user named. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';

/** @throws SlipwayError template.unreadable when nothing is there */
export function existingTarget(
  path: string,
  fix = 'name a folder with cdk.json, a cdk.out folder, or a template file',
): string {
  const target = resolve(path);
  if (existsSync(target)) return target;
  const near = nearest(basename(target), entriesOf(dirname(target)));
  throw new SlipwayError('template.unreadable', `${target} does not exist`, {
    fix: near ? `did you mean ${join(dirname(path), near)}?` : fix,
  });
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export const noApp = (folder: string): SlipwayError =>
  new SlipwayError(
    'template.unreadable',
    `${folder} holds neither cdk.json nor a cloud assembly's manifest.json`,
    { fix: 'name the folder of a CDK app, its cdk.out, or a template file' },
  );
