/** Refuses a call of a service that is not here, so that the client of that service can read why. */
import type { ProtocolKind, WireResponse } from '../wire/protocol.ts';
import { writeError } from '../wire/response.ts';
import { type HttpHead, headerOf } from '../wire/rest.ts';
import type { ServiceSchema } from '../wire/shape.ts';

/** The services that speak REST-XML; all others without a target or an action speak REST-JSON. */
const xmlServices = /\/(?:s3|s3express|s3-outposts|route53|cloudfront)\/aws4_request/;

function protocolOf(head: HttpHead): ProtocolKind {
  const type = headerOf(head, 'content-type') ?? '';
  if (type.includes('x-amz-json-1.1')) return 'json1.1';
  if (type.includes('x-amz-json') || headerOf(head, 'x-amz-target') !== undefined) return 'json1.0';
  if (type.startsWith('application/x-www-form-urlencoded') || head.query.has('Action')) return 'query';
  const credential = headerOf(head, 'authorization') ?? head.query.get('X-Amz-Credential') ?? '';
  return type.includes('xml') || xmlServices.test(credential) ? 'rest-xml' : 'rest-json';
}

export const noSchema: ServiceSchema = { operations: new Map(), errors: new Map() };

/** @param hint what the request is for, as far as it says */
export const refuseUnknownService = (head: HttpHead, hint: string, requestId: string): WireResponse =>
  writeError(
    {
      code: 'NotImplemented',
      message: `Slipway does not run what this request is for (${hint}). It is refused rather than ignored.`,
      status: 501,
      fault: 'Receiver',
    },
    noSchema,
    { protocol: protocolOf(head), requestId },
  );
