/** An API call from the wire to its answer: authenticate → parse → dispatch → serialise. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import { StoppingError } from '../../core/errors.ts';
import type { IdentityStore } from '../iam/identity-store.ts';
import { AwsError, type Call } from '../service.ts';
import type { ServiceEntry } from '../services/registry.ts';
import { KeyTooLongError } from '../store/keys.ts';
import { readJson } from '../wire/json.ts';
import type { ProtocolKind, WireResponse } from '../wire/protocol.ts';
import { readQuery } from '../wire/query.ts';
import { writeError, writeResponse } from '../wire/response.ts';
import type { RestRoute } from '../wire/rest.ts';
import { type HttpHead, hasStreamingPayload, headerOf, parseJson, readRest } from '../wire/rest.ts';
import { WireInputError } from '../wire/scalar.ts';
import type { OperationShape } from '../wire/shape.ts';
import { authenticate, type Signed } from './authenticate.ts';
import { apiBodyLimit, checkBody, decompress, isSmall, readWhole } from './body.ts';
import { type DispatchContext, dispatch } from './dispatch.ts';
import { dialectOf, edgeErrors, namedFor } from './errors.ts';
import { authenticateForm, isForm, readForm, readFormCall } from './form.ts';
import type { Target } from './identify.ts';
import type { LoadedService } from './loaded-service.ts';
import { send } from './send.ts';

export interface ApiContext extends DispatchContext {
  readonly identities: IdentityStore;
  readonly clock: Clock;
  load(id: string): Promise<LoadedService>;
  requestId(): string;
  /** An error that is our bug. */
  failed(error: unknown, what: string): void;
}

type ApiTarget = Target & { readonly kind: 'api' };

export async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  head: HttpHead,
  target: ApiTarget,
  context: ApiContext,
): Promise<void> {
  const { entry, protocol } = target;
  const requestId = context.requestId();
  const loaded = await context.load(entry.id);
  const options = {
    protocol,
    requestId,
    xmlNamespace: entry.xmlNamespace,
    unwrappedOutputs: entry.unwrappedOutputs,
  };
  let call: Call | undefined;
  let input: Record<string, unknown> = {};
  let answer: WireResponse;
  try {
    const formFor = formAddress(loaded, head, target);
    if (formFor !== undefined) {
      const form = await readForm(request);
      const signed = authenticateForm(form.fields, entry, context);
      call = callOf(request, response, head, protocol, signed, requestId, true);
      const posted = readFormCall(loaded, form, formFor, call);
      input = posted.input;
      answer = posted.answer(await dispatch(loaded, posted.operation, input, call, context));
    } else {
      const rest = findRoute(loaded, head, target);
      const streams = rest !== undefined && hasStreamingPayload(rest.operation) && !isSmall(request);
      const raw: Buffer | Readable = streams ? request : await readWhole(request, apiBodyLimit);
      const signed = authenticate({ ...head, body: raw }, target.signature, entry, context);
      // Trailing checksums reach the handler as if they had been headers; the service verifies them.
      const body = checkBody(raw, signed, (trailers) => {
        for (const [name, value] of trailers) request.headers[name] = value;
      });
      call = callOf(request, response, head, protocol, signed, requestId);
      const parsed = parse(loaded, head, body, protocol, rest);
      input = parsed.input;
      const output = await dispatch(loaded, parsed.operation.name, input, call, context);
      answer = writeResponse(parsed.operation, { ...output }, options);
    }
  } catch (error) {
    const known = asAwsError(error);
    if (!known) context.failed(error, `${entry.id} ${head.method} ${head.path}`);
    const dialect = entry.errorDialect ?? dialectOf(protocol);
    answer = writeError(namedFor(known ?? edgeErrors.internal(), dialect), loaded.schema, {
      ...options,
      bareXmlErrors: dialect === 's3',
    });
    // An unread body would be taken for the next request on this connection.
    if (!request.readableEnded) {
      request.unpipe();
      request.resume();
    }
  }
  if (call && loaded.service.answerHeaders)
    Object.assign(answer.headers, loaded.service.answerHeaders(call, input));
  await send(response, head.method, answer);
}

/** The path within what the host, or the first part of the path, names. */
function addressOf(
  { addressedBy }: ServiceEntry,
  { path }: HttpHead,
  named: string | undefined,
): { readonly path: string; readonly outside?: string | undefined } {
  if (!addressedBy || named !== undefined) return { path, outside: named };
  const end = path.indexOf('/', 1);
  const first = end < 0 ? path.slice(1) : path.slice(1, end);
  return first === '' ? { path: '/' } : { path: end < 0 ? '/' : path.slice(end), outside: first };
}

/** What a form was posted to; undefined when the request is none that this service takes. */
function formAddress(
  { entry, service }: LoadedService,
  head: HttpHead,
  { signature, named }: ApiTarget,
): string | undefined {
  if (!service.readForm || !isForm(head) || 'parts' in signature) return undefined;
  const { path, outside } = addressOf(entry, head, named);
  return path === '/' ? outside : undefined;
}

/** @returns undefined for a protocol whose requests name their operation */
function findRoute(
  { entry, route }: LoadedService,
  head: HttpHead,
  { protocol, named }: ApiTarget,
): RestRoute | undefined {
  if (protocol !== 'rest-json' && protocol !== 'rest-xml') return undefined;
  const { path, outside } = addressOf(entry, head, named);
  const found = route(head, path, outside);
  if (found) return found;
  throw new AwsError(
    'NotImplemented',
    `Slipway does not support ${head.method} ${head.path} of ${entry.id}.`,
    501,
  );
}

function callOf(
  request: IncomingMessage,
  response: ServerResponse,
  head: HttpHead,
  protocol: ProtocolKind,
  { caller, by }: Signed,
  requestId: string,
  form = false,
): Call {
  let gone: AbortSignal | undefined;
  return {
    requestId,
    caller,
    signal() {
      gone ??= whenGone(response);
      return gone;
    },
    http: {
      method: head.method,
      host: headerOf(head, 'host') ?? '',
      path: head.path,
      headers: head.headers,
      query: head.query,
      sourceIp: sourceIp(request),
      protocol,
      presigned: by?.parts.presigned ?? false,
      ...(form ? { form: true } : {}),
    },
    ...(by ? { accessKeyId: by.parts.accessKeyId } : {}),
  };
}

/** Aborts when the client went away before its answer. */
function whenGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  else
    response.once('close', () => {
      if (!response.writableFinished) controller.abort();
    });
  return controller.signal;
}

export function sourceIp({ socket }: IncomingMessage): string {
  const address = socket.remoteAddress ?? '127.0.0.1';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

interface Parsed {
  readonly operation: OperationShape;
  readonly input: Record<string, unknown>;
}

function parse(
  loaded: LoadedService,
  head: HttpHead,
  body: Buffer | Readable,
  protocol: ProtocolKind,
  rest: RestRoute | undefined,
): Parsed {
  if (rest)
    return {
      operation: rest.operation,
      input: readRest(rest, { ...head, body }, protocol === 'rest-json' ? 'json' : 'xml'),
    };
  const bytes = decompress(
    Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    headerOf(head, 'content-encoding'),
    apiBodyLimit,
  );
  if (protocol === 'query') {
    const params = new URLSearchParams(bytes.toString());
    for (const [key, value] of head.query) params.append(key, value);
    const operation = operationNamed(loaded, params.get('Action') ?? '');
    return { operation, input: readQuery(operation.input, params) };
  }
  const target = headerOf(head, 'x-amz-target') ?? '';
  const operation = operationNamed(loaded, target.slice(target.lastIndexOf('.') + 1));
  const value = bytes.length === 0 ? {} : parseJson(bytes);
  return { operation, input: readJson(operation.input, value, '', false) as Record<string, unknown> };
}

function operationNamed({ entry, schema }: LoadedService, name: string): OperationShape {
  const shape = schema.operations.get(name);
  if (shape) return shape;
  throw new AwsError(
    entry.protocols.includes('query') ? 'InvalidAction' : 'UnknownOperationException',
    `The action ${name || '(none)'} is not an operation of ${entry.id}.`,
  );
}

function asAwsError(error: unknown): AwsError | undefined {
  if (error instanceof AwsError) return error;
  if (error instanceof StoppingError) return new AwsError('ServiceUnavailable', error.message, 503);
  if (error instanceof KeyTooLongError) return new AwsError('ValidationException', error.message);
  if (!(error instanceof WireInputError)) return undefined;
  return error.unknownMember
    ? edgeErrors.unknownParameter(error.message)
    : edgeErrors.malformedInput(error.message);
}
