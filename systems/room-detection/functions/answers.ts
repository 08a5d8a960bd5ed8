/** The JSON answers of the two functions. Every one, errors too, carries the CORS headers of the page's origin. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

export type Headers = Readonly<Record<string, string>>;

const header = (event: Pick<APIGatewayProxyEvent, 'headers'>, name: string): string | undefined => {
  const wanted = name.toLowerCase();
  // A directly invoked function may be handed an event without headers.
  for (const [key, value] of Object.entries(event.headers ?? {})) {
    if (key.toLowerCase() === wanted) return value ?? undefined;
  }
  return undefined;
};

export const headerOf = header;

/** `allowed` is a comma separated list of origins, or `*`. An origin outside it gets no permission. */
export function corsHeaders(allowed: string, origin: string | undefined): Headers {
  const origins = allowed.split(',').map((entry) => entry.trim());
  if (origins.includes('*')) return { 'Access-Control-Allow-Origin': '*' };
  if (origin !== undefined && origins.includes(origin)) {
    return { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
  }
  return { Vary: 'Origin' };
}

export function answer(
  statusCode: number,
  body: object,
  cors: Headers,
  extra: Headers = {},
): APIGatewayProxyResult {
  return {
    statusCode,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...cors,
      ...extra,
    },
    body: JSON.stringify(body),
  };
}
