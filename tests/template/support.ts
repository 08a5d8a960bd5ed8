/** What the template tests share: cases found by folder, a pseudo environment, and the error of a call. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../../src/core/errors.ts';
import type { Pseudo } from '../../src/template/index.ts';

const cases = join(import.meta.dirname, 'cases');

/** Every case of every JSON file in a folder of `cases`. The caller names the shape the files there have. */
export function casesIn<T extends { readonly title: string }>(folder: string): T[] {
  const files = readdirSync(join(cases, folder)).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => JSON.parse(readFileSync(join(cases, folder, name), 'utf8')) as T[]);
}

export function caseText(path: string): string {
  return readFileSync(join(cases, path), 'utf8');
}

export const pseudo: Pseudo = {
  accountId: '000000000000',
  region: 'eu-west-1',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
  stackName: 'demo',
  stackId: 'arn:aws:cloudformation:eu-west-1:000000000000:stack/demo/1',
  notificationArns: [],
};

export function errorOf(action: () => unknown): SlipwayError {
  try {
    action();
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  throw new Error('expected a SlipwayError, but nothing was thrown');
}
