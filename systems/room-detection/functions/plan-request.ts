/**
 * Reads the plan out of a request. The gateway's schema catches most mistakes before a function runs; what it
 * cannot see (content type, size, numbers out of range, a direct invocation) is refused here, each with the
 * status and a sentence that says what is wrong.
 */
import { PlanError, parsePlan, type Wall } from '../rooms/index.ts';
import { maxBodyBytes } from '../shared/job.ts';

export interface PlanRequest {
  readonly body: string | null | undefined;
  readonly isBase64Encoded?: boolean;
  readonly contentType: string | undefined;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly statusCode: 400 | 413 | 415;
  readonly message: string;
  readonly path?: string;
}

export type PlanReading = { readonly kind: 'plan'; readonly walls: readonly Wall[] } | Refusal;

const refuse = (statusCode: Refusal['statusCode'], message: string, path?: string): Refusal => ({
  kind: 'refused',
  statusCode,
  message,
  path,
});

export function readPlanRequest(request: PlanRequest): PlanReading {
  const mediaType = request.contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    const got = mediaType ? `got "${mediaType}"` : 'the request has none';
    return refuse(415, `Send the plan with Content-Type: application/json (${got}).`);
  }
  if (!request.body) return refuse(400, 'The request has no body: send {"walls":[…]}.');
  const body = request.isBase64Encoded ? Buffer.from(request.body, 'base64').toString('utf8') : request.body;
  const bytes = Buffer.byteLength(body);
  if (bytes > maxBodyBytes) {
    return refuse(413, `The plan is ${bytes} bytes; at most ${maxBodyBytes} bytes are accepted.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return refuse(400, `The body is not valid JSON: ${jsonFault(body, error)}`);
  }
  try {
    return { kind: 'plan', walls: parsePlan(value) };
  } catch (error) {
    if (error instanceof PlanError) return refuse(400, error.message, error.path);
    throw error;
  }
}

function jsonFault(body: string, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[[:,\s]-?(?:NaN|Infinity)\b/.test(body)
    ? 'JSON has no NaN or Infinity; every coordinate must be a finite number.'
    : `${text}.`;
}
