/** Where a template's text comes from: the call itself, or an object in S3, read with the caller's permissions. */

import type { Readable } from 'node:stream';
import { reasonOf } from '../../../core/events.ts';
import type { Caller } from '../../../iam/index.ts';
import type { ServiceEnvironment } from '../../service.ts';
import { invalid } from './errors.ts';

export interface TemplateInput {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const limits = { body: 51_200, object: 1_000_000 } as const;

export async function readTemplateText(
  input: TemplateInput,
  caller: Caller,
  env: ServiceEnvironment,
): Promise<string> {
  if (input.TemplateBody !== undefined && input.TemplateURL !== undefined)
    throw invalid('Template body or URL: give one of them, not both.');
  if (input.TemplateBody !== undefined) {
    if (Buffer.byteLength(input.TemplateBody) > limits.body)
      throw invalid(
        `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${limits.body}`,
      );
    return input.TemplateBody;
  }
  if (input.TemplateURL === undefined)
    throw invalid('Either Template URL or Template Body must be specified.');
  const { bucket, key } = parseTemplateUrl(input.TemplateURL, env.endpoint);
  let text: string;
  try {
    const answer = await env.as(caller, 'cloudformation.amazonaws.com')('s3', 'GetObject', {
      Bucket: bucket,
      Key: key,
    });
    text = await bodyText(answer.Body);
  } catch (error) {
    throw invalid(
      `S3 error: ${reasonOf(error)}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
    );
  }
  if (Buffer.byteLength(text) > limits.object)
    throw invalid(`Template may not exceed ${limits.object} bytes in size.`);
  return text;
}

export async function readBody(body: Uint8Array | Readable | undefined): Promise<Buffer> {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const bodyText = async (body: Uint8Array | Readable | undefined) => (await readBody(body)).toString('utf8');

/** Path style and virtual-host style, on AWS's host names and on this cloud's own. */
function parseTemplateUrl(text: string, endpoint: string): { bucket: string; key: string } {
  let url: URL;
  let path: string;
  try {
    url = new URL(text);
    path = decodeURIComponent(url.pathname).slice(1);
  } catch {
    throw invalid('TemplateURL must be a supported URL.');
  }
  if (url.protocol === 's3:')
    throw invalid(`S3 error: Domain name specified in ${url.hostname} is not a valid S3 domain`);
  const virtual = /^(.+)\.s3(?:[.-][a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|localhost)$/.exec(
    url.hostname,
  )?.[1];
  if (virtual !== undefined && path !== '') return { bucket: virtual, key: path };
  const local =
    url.port === new URL(endpoint).port && /^(127\.0\.0\.1|localhost|s3\.localhost)$/.test(url.hostname);
  const pathStyle = local || /^s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.test(url.hostname);
  const slash = path.indexOf('/');
  if (!pathStyle || slash <= 0 || slash === path.length - 1)
    throw invalid('TemplateURL must be a supported URL.');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
