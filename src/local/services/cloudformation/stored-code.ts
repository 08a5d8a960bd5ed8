/** The code of functions and layers before they are made: among the assets of an app, or in S3. */
import { readFileSync, statSync } from 'node:fs';
import type { Caller } from '../../../iam/index.ts';
import type { StackToCheck } from '../../../template/verdict.ts';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { FoundCode, ReadCode } from './function-problems.ts';
import { readBody } from './template-source.ts';

/** An asset that is not published yet. */
export function assetCode({ assets = {} }: StackToCheck, key: string): FoundCode | undefined {
  const path = assets[key.slice(key.lastIndexOf('/') + 1)];
  const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path === undefined || !found) return undefined;
  const id = `${path} ${found.mtimeMs}`;
  if (found.isDirectory()) return { id, folder: path };
  return /\.(zip|jar)$/.test(path) ? { id, zip: readFileSync(path) } : undefined;
}

/** What may be read as the caller; that it may not, or that nothing is there, is told when the function is made. */
export const storedCode =
  (caller: Caller, env: ServiceEnvironment): ReadCode =>
  async (Bucket, Key) => {
    try {
      const { Body, ETag } = await env.as(caller, 'cloudformation.amazonaws.com')('s3', 'GetObject', {
        Bucket,
        Key,
      });
      return { id: `${Bucket}/${Key} ${ETag}`, zip: await readBody(Body) };
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  };
