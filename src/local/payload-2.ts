/**
 * What function URLs and HTTP APIs share of payload format 2.0: the event's details, and the answer that a function gives.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */

/** Bodies of other types are handed over in base64. */
export const isText =
  /^(?:text\/|application\/(?:json|xml|javascript|x-www-form-urlencoded)|[^;]+\+(?:json|xml))/i;

export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `12/Mar/2026:19:03:58 +0000` */
export function timeOf(ms: number): string {
  const [, day = '', month = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

export interface FunctionAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

/** Something without a status code is the body itself. @returns undefined for what is no answer */
export function readAnswer(payload: Buffer): FunctionAnswer | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
  const fields =
    typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>) : {};
  if (fields.statusCode === undefined)
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)),
    };
  const head = readHead(fields);
  if (!head) return undefined;
  const { body, isBase64Encoded } = fields;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  return { ...head, body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8') };
}

/** Status, headers and cookies, of an answer or of what comes before a stream. */
export function readHead(
  fields: Readonly<Record<string, unknown>>,
): Omit<FunctionAnswer, 'body'> | undefined {
  const status = Number(fields.statusCode ?? 200);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const headers: Record<string, string | string[]> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries((fields.headers ?? {}) as object))
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  if (Array.isArray(fields.cookies)) headers['set-cookie'] = fields.cookies.map(String);
  return { status, headers };
}
