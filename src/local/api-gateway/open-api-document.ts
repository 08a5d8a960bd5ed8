/** An OpenAPI document as it is parsed: JSON or YAML, with its references followed. */
import { parse } from 'yaml';
import { isObject } from '../../core/is-object.ts';
import { isNestedDeeper } from '../../core/nesting.ts';
import { AwsError } from '../service.ts';

const badRequest = (message: string) => new AwsError('BadRequestException', message, 400);

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textsOf = (value: unknown): string[] => listOf(value).flatMap((one) => textOf(one) ?? []);
/** Flags of templates may be texts. */
export const flagOf = (value: unknown): boolean | undefined =>
  value === undefined ? undefined : String(value).toLowerCase() === 'true';
export const mapOf = (value: unknown): Record<string, string> | undefined => {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      typeof one === 'object' ? JSON.stringify(one) : String(one),
    ]),
  );
};

const deepest = 100;

/** @throws BadRequestException */
export function readDocument(body: unknown): Fields {
  const text = typeof body === 'string' ? body : Buffer.from((body ?? []) as Uint8Array).toString();
  let document: unknown;
  try {
    document = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: 1000 });
  } catch (error) {
    throw badRequest(`Invalid OpenAPI input: ${(error as Error).message.split('\n')[0]}`);
  }
  if (!isObject(document) || isNestedDeeper(document, deepest))
    throw badRequest('Invalid OpenAPI input: an object was expected');
  const { swagger, openapi } = document;
  if (String(swagger) !== '2.0' && !/^3\.0\.\d+$/.test(String(openapi)))
    throw badRequest('Invalid OpenAPI input: swagger 2.0 or openapi 3.0.x was expected');
  return document;
}

/** What a `$ref` into the document itself points to; anything else as it is. */
export function follow(document: Fields, value: unknown): Fields {
  let found: unknown = value;
  for (let steps = 0; isObject(found) && typeof found.$ref === 'string'; steps++) {
    const { $ref: ref } = found;
    if (steps > 20 || !ref.startsWith('#/')) throw badRequest(`Invalid OpenAPI input: the reference ${ref}`);
    found = undefined;
    let at: unknown = document;
    for (const part of ref.slice(2).split('/'))
      at = fieldsOf(at)[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')];
    if (at === undefined) throw badRequest(`Invalid OpenAPI input: the reference ${ref} names nothing`);
    found = at;
  }
  return fieldsOf(found);
}
