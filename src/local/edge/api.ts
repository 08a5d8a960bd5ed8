/** An API call from the wire to its answer: authenticate → read → parse → dispatch → serialise. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import { StoppingError } from '../../core/errors.ts';
import type { Scope } from '../../core/regions.ts';
import { inOneTurn } from '../../core/turn.ts';
import type { Accounts } from '../iam/accounts.ts';
import { AwsError, type Call } from '../service.ts';
import type { ServiceEntry } from '../services/registry.ts';
import { KeyTooLongError } from '../store/keys.ts';
import { parseJson, readJson } from '../wire/json.ts';
import type { ProtocolKind, WireResponse } from '../wire/protocol.ts';
import { parseQuery, readQuery } from '../wire/query.ts';
import { writeError, writeResponse } from '../wire/response.ts';
import { type HttpHead, headerOf, type RestRoute, readRest, streamingPayload } from '../wire/rest.ts';
import { WireInputError } from '../wire/scalar.ts';
import type { OperationShape } from '../wire/shape.ts';
import { authenticate, type Signed } from './authenticate.ts';
import {
  ClientGone,
  checkedStream,
  checkWhole,
  decompress,
  discard,
  invite,
  isSmall,
  readWhole,
} from './body.ts';
import { type DispatchContext, dispatch } from './dispatch.ts';
import { dialectOf, edgeErrors, namedFor } from './errors.ts';
import { authenticateForm, isForm, readForm, readFormCall } from './form.ts';
import type { Target } from './identify.ts';
import type { LoadedService, ServiceModel } from './loaded-service.ts';
import { queryHeaders } from './query-headers.ts';
import { send } from './send.ts';
import { readTrailers } from './trailers.ts';
import { noSchema } from './unknown-service.ts';

export interface ApiContext extends DispatchContext {
  readonly accounts: Accounts;
  readonly home: Scope;
  readonly clock: Clock;
  model(id: string): ServiceModel | Promise<ServiceModel>;
  load(id: string, scope: Scope): LoadedService | Promise<LoadedService>;
  /** Where a call goes; see cloud/call-scope.ts. */
  scopeOf(id: string, input: Readonly<Record<string, unknown>>, from: Scope): Scope;
  requestId(): string;
  /** An error that is our bug. */
  failed(error: unknown, what: string): void;
}

type ApiTarget = Target & { readonly kind: 'api' };

/** One request and what is known of it so far. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: HttpHead;
  readonly target: ApiTarget;
  readonly requestId: string;
  readonly context: ApiContext;
  model?: ServiceModel;
  loaded?: LoadedService;
  call?: Call;
  input?: Record<string, unknown>;
}

export async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  head: HttpHead,
  target: ApiTarget,
  context: ApiContext,
): Promise<void> {
  const exchange: Exchange = { request, response, head, target, requestId: context.requestId(), context };
  let answer: WireResponse;
  try {
    answer = await perform(exchange);
    addHeaders(exchange, answer);
  } catch (error) {
    if (error instanceof ClientGone) return void response.destroy();
    answer = refuse(exchange, error);
  }
  try {
    await send(response, head.method, answer);
  } catch (error) {
    // A header that HTTP cannot carry, or a body that broke before its first byte: there is still time to say so.
    if (response.headersSent) throw error;
    await send(response, head.method, refuse(exchange, error));
  }
}

async function perform(exchange: Exchange): Promise<WireResponse> {
  const { request, response, head, target, requestId, context } = exchange;
  const { entry, protocol } = target;
  // Waits in any case: a body that is read before the parser is done with it breaks before anyone listens.
  const model = await context.model(entry.id);
  exchange.model = model;
  const formFor = formAddress(head, target);
  if (formFor !== undefined) return performForm(exchange, formFor);
  const signed = authenticate(head, target.signature, entry, context, target);
  if (signed.by?.parts.presigned && entry.payloadMarkers)
    for (const [name, value] of queryHeaders(head.query)) request.headers[name] ??= value;
  const rest = findRoute(model, head, target);
  const stream = rest && entry.payloadMarkers && streamingPayload(rest.operation);
  const parsed =
    rest && stream ? readHead(rest, head, protocol) : await readBody(exchange, model, signed, rest);
  const { operation, input } = parsed;
  exchange.input = input;
  const scope = context.scopeOf(entry.id, input, signedScope(signed, context.home));
  const call = callOf(request, response, head, protocol, signed, scope, requestId);
  exchange.call = call;
  const loading = context.load(entry.id, scope);
  const loaded = loading instanceof Promise ? await loading : loading;
  exchange.loaded = loaded;
  // A body that may be large is asked for when the caller is known to be allowed to send it.
  const admit =
    rest && stream
      ? async () => {
          input[stream] = await streamedBody(exchange, signed, rest.operation.name);
        }
      : undefined;
  const output = await dispatch(loaded, operation.name, input, call, context, admit);
  return writeResponse(
    operation,
    { ...output },
    {
      protocol,
      requestId,
      xmlNamespace: entry.xmlNamespace,
      unwrappedOutputs: entry.unwrappedOutputs,
      statuses: entry.statuses,
      queryAsJson: asksForJson(head, protocol),
    },
  );
}

/** A form says in its body who signed it, and what it is for. */
async function performForm(exchange: Exchange, address: string): Promise<WireResponse> {
  const { request, response, head, target, requestId, context } = exchange;
  invite(request, response);
  const form = await readForm(request);
  const signed = authenticateForm(form.fields, target.entry, context);
  const scope = signedScope(signed, context.home);
  const call = callOf(request, response, head, target.protocol, signed, scope, requestId, true);
  exchange.call = call;
  const loaded = await context.load(target.entry.id, scope);
  exchange.loaded = loaded;
  const { operation, input, headers: said, answer } = readFormCall(loaded, form, address, call);
  // Policies look at what the form says in the place of headers.
  Object.assign(request.headers, said);
  exchange.input = input;
  const { headers, ...rest } = answer(await dispatch(loaded, operation, input, call, context));
  return { ...rest, headers: { ...headers } };
}

function addHeaders({ call, loaded, input }: Exchange, answer: WireResponse): void {
  if (call && loaded?.service.answerHeaders)
    Object.assign(answer.headers, loaded.service.answerHeaders(call, input ?? {}));
}

function refuse(exchange: Exchange, error: unknown): WireResponse {
  const { request, response, head, target, requestId, context } = exchange;
  const { entry, protocol } = target;
  const known = asAwsError(error, entry, head);
  if (!known) context.failed(error, `${entry.id} ${head.method} ${head.path}`);
  discard(request, response);
  const dialect = entry.errorDialect ?? dialectOf(protocol, entry.protocols);
  const answer = writeError(
    namedFor(known ?? edgeErrors.internal(), dialect),
    exchange.model?.schema ?? noSchema,
    {
      protocol,
      requestId,
      xmlNamespace: entry.xmlNamespace,
      bareXmlErrors: dialect === 's3',
      errorNamespace: entry.errorNamespace,
      queryCompatible: dialect === 'query-json',
      queryAsJson: asksForJson(head, protocol),
    },
  );
  // What is wrong may be these headers themselves.
  if (known) addHeaders(exchange, answer);
  return answer;
}

const asksForJson = (head: HttpHead, protocol: ProtocolKind): boolean =>
  protocol === 'query' && headerOf(head, 'accept') === 'application/json';

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
function formAddress(head: HttpHead, { entry, signature, named }: ApiTarget): string | undefined {
  if (!entry.anonymous || signature.kind !== 'unsigned' || !isForm(head)) return undefined;
  const { path, outside } = addressOf(entry, head, named);
  return path === '/' ? outside : undefined;
}

/** @returns undefined for a protocol whose requests name their operation */
function findRoute(
  { entry, route }: ServiceModel,
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
  scope: Scope,
  requestId: string,
  form = false,
): Call {
  let gone: AbortSignal | undefined;
  return {
    requestId,
    caller,
    scope,
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
      ...(by?.parts.timestamp === '' ? { signedV2: true } : {}),
    },
    ...(by ? { accessKeyId: by.parts.accessKeyId } : {}),
  };
}

/** What nobody signed is for the home account; a signature of version 2 names no region. */
const signedScope = ({ caller, by }: Signed, home: Scope): Scope =>
  by ? { accountId: caller.accountId, region: by.parts.region || home.region } : home;

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

const formatOf = (protocol: ProtocolKind) => (protocol === 'rest-json' ? 'json' : 'xml');

const readHead = (rest: RestRoute, head: HttpHead, protocol: ProtocolKind): Parsed => ({
  operation: rest.operation,
  input: readRest(rest, head, undefined, formatOf(protocol)),
});

const defaultBodyLimit = 1024 * 1024;
const limitOf = ({ bodyLimits }: ServiceEntry, operation: string | undefined): number =>
  (operation === undefined ? undefined : bodyLimits?.[operation]) ?? bodyLimits?.['*'] ?? defaultBodyLimit;

/** Reads a body whole, holds it to its signature, and parses it. */
async function readBody(
  { request, response, head, target, context }: Exchange,
  model: ServiceModel,
  signed: Signed,
  rest: RestRoute | undefined,
): Promise<Parsed> {
  const { entry, protocol } = target;
  const action = protocol === 'query' ? undefined : headerOf(head, 'x-amz-target');
  const named = rest?.operation ?? (action === undefined ? undefined : operationOf(model, action));
  if (signed.body.kind === 'chunked')
    throw new AwsError(
      'NotImplemented',
      `Slipway does not support a body in the encoding aws-chunked for ${named?.name ?? entry.id}.`,
      501,
    );
  const limit = limitOf(entry, named?.name);
  const own = named && entry.bodyErrors?.[named.name];
  const tooLarge = () =>
    own ? new AwsError(own.code, own.message) : edgeErrors.bodyTooLarge(limit, named?.name);
  const raw = checkWhole(await readWhole(request, response, limit, tooLarge), signed);
  const reading = `${named ? `${entry.id}:${named.name}` : entry.id}, reading the request`;
  if (rest)
    return inOneTurn(reading, context, () => ({
      operation: rest.operation,
      input: readRest(rest, head, raw, formatOf(protocol)),
    }));
  const unpacked = decompress(raw, headerOf(head, 'content-encoding'), limit);
  const bytes = unpacked instanceof Promise ? await unpacked : unpacked;
  return inOneTurn(reading, context, () => {
    if (named === undefined) {
      const params = parseQuery(bytes.toString());
      for (const [key, value] of head.query) params.append(key, value);
      if (entry.namedByUrl && head.path !== '/' && !params.has(entry.namedByUrl))
        params.set(entry.namedByUrl, `http://${headerOf(head, 'host') ?? ''}${head.path}`);
      const operation = operationNamed(model, params.get('Action') ?? '');
      return { operation, input: readQuery(operation.input, params) };
    }
    const value = bytes.length === 0 ? {} : parseJson(bytes);
    return { operation: named, input: readJson(named.input, value, '', false) as Record<string, unknown> };
  });
}

/** The body of an operation that takes a stream; a small one is read whole. */
async function streamedBody({ request, response, head }: Exchange, signed: Signed, operation: string) {
  if (isSmall(request)) {
    const tooLarge = () => edgeErrors.bodyTooLarge(Number.MAX_SAFE_INTEGER, operation);
    const raw = checkWhole(await readWhole(request, response, Number.MAX_SAFE_INTEGER, tooLarge), signed);
    return new Uint8Array(raw.buffer, raw.byteOffset, raw.length);
  }
  // Trailing checksums reach the handler as if they had been headers; the service verifies them.
  return checkedStream(request, response, signed, (trailers) => {
    for (const [name, value] of readTrailers(head, trailers)) request.headers[name] = value;
  });
}

const operationOf = (model: ServiceModel, target: string) =>
  operationNamed(model, target.slice(target.lastIndexOf('.') + 1));

function operationNamed({ entry, schema }: ServiceModel, name: string): OperationShape {
  const shape = schema.operations.get(name);
  if (shape) return shape;
  throw new AwsError(
    entry.protocols.includes('query') ? 'InvalidAction' : 'UnknownOperationException',
    `The action ${name || '(none)'} is not valid for this endpoint.`,
  );
}

function asAwsError(error: unknown, entry: ServiceEntry, { path }: HttpHead): AwsError | undefined {
  if (error instanceof AwsError) return error;
  if (error instanceof StoppingError) return new AwsError('ServiceUnavailable', error.message, 503);
  if (error instanceof KeyTooLongError) return new AwsError('ValidationException', error.message);
  if (!(error instanceof WireInputError)) return undefined;
  switch (error.kind) {
    case 'unknown-member':
      return edgeErrors.unknownParameter(error.message);
    case 'malformed-path':
      return edgeErrors.malformedPath(path);
    case 'too-deep':
    case 'too-many': {
      const own = error.kind === 'too-deep' ? entry.nestingError : entry.membersError;
      return own ? new AwsError(own.code, own.message) : edgeErrors.malformedInput(error.message);
    }
    case 'malformed':
      return error.parameter
        ? edgeErrors.malformedParameter(error.message, error.parameter)
        : edgeErrors.malformedInput(error.message);
  }
}
