/**
 * AWS's host names, as they appear in templates and answers, and where the same thing answers on this machine.
 *
 * API Gateway and function URLs get a path on the listener, because every client can reach it; a distribution gets a host of its
 * own under .localhost, because a page needs the root of its origin. See docs/decisions.
 */

import { parseArn } from '../core/arn.ts';

const executeApi = /https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;
const functionUrl = /https:\/\/([a-z0-9]+)\.lambda-url\.[a-z0-9-]+\.on\.aws/g;
const cloudfront = /https:\/\/([a-z0-9]+)\.cloudfront\.net/g;

/** How services name each other's queues: with the region, so that no other region's queue of that name is meant. */
export function queueUrlOf(arn: string, endpoint: string): string {
  const { account, region, resource } = parseArn(arn) ?? {};
  return `${endpoint}/queue/${region}/${account}/${resource}`;
}

/** @param endpoint `http://127.0.0.1:4566` */
export function localUrls(text: string, endpoint: string): string {
  if (!text.includes('https://')) return text;
  const port = new URL(endpoint).port;
  return text
    .replace(executeApi, (_, id: string) => `${endpoint}/_aws/execute-api/${id}`)
    .replace(functionUrl, (_, id: string) => `${endpoint}/_aws/lambda-url/${id}`)
    .replace(cloudfront, (_, id: string) => `http://${id}.cloudfront.localhost:${port}`);
}
