/**
 * Forms that a web page posts (multipart/form-data): its fields come first, its file last and streams. What signs it
 * is the signature of its policy. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html
 */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { regions } from '../../core/regions.ts';
import { AwsError, type Call, type FormCall, type PostedForm } from '../service.ts';
import { type HttpHead, headerOf, readRest, streamingPayload } from '../wire/rest.ts';
import { readXml } from '../wire/xml-reader.ts';
import {
  type AuthenticateContext,
  anonymous,
  anyBody,
  identify,
  type Signed,
  type SigningRules,
} from './authenticate.ts';
import { edgeErrors } from './errors.ts';
import { readScope } from './find-signature.ts';
import type { LoadedService } from './loaded-service.ts';
import { signatureV2Matches } from './sigv2.ts';
import { signatureMatches } from './sigv4.ts';

interface ReadForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly file: Readable;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html: all but the file */
const fieldsLimit = 20 * 1024;

export const isForm = (head: HttpHead): boolean =>
  head.method === 'POST' &&
  (headerOf(head, 'content-type') ?? '').toLowerCase().startsWith('multipart/form-data');

/** The form as the service takes it: an operation, its input, and how its output is answered. */
export function readFormCall(
  { entry, schema, service }: LoadedService,
  form: ReadForm,
  named: string,
  call: Call,
): Pick<FormCall, 'headers' | 'answer'> & {
  readonly operation: string;
  readonly input: Record<string, unknown>;
} {
  const document: PostedForm['document'] = (name, member, text) => {
    const shape = schema.operations.get(name)?.input.byName.get(member)?.shape;
    if (!shape) throw new TypeError(`${entry.id}:${name} has no member ${member}`);
    return readXml(shape, text, member);
  };
  const posted = service.readForm?.({ ...form, document }, named, call);
  const operation = posted && schema.operations.get(posted.operation);
  if (!operation) throw new TypeError(`${entry.id} names no operation for a form`);
  const input = readRest(
    { operation, labels: posted.labels },
    { method: 'PUT', path: '/', query: new URLSearchParams(), headers: posted.headers },
    undefined,
    'xml',
  );
  const file = streamingPayload(operation);
  if (file !== undefined) input[file] = posted.body;
  return { operation: operation.name, input, headers: posted.headers, answer: posted.answer };
}

/** Resolves when the file begins; what comes after the file is not read. */
export function readForm(request: IncomingMessage): Promise<ReadForm> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let size = 0;
    let file: Readable | undefined;
    const fail = (error: Error) => {
      request.unpipe(parser);
      if (file) file.destroy(error);
      else reject(error);
    };
    const parser = openParser(request, reject);
    if (!parser) return;
    parser.on('field', (name, value, nameCut, valueCut) => {
      size += Buffer.byteLength(name) + Buffer.byteLength(value);
      if (size > fieldsLimit || nameCut || valueCut) return fail(tooMuch());
      const key = name.toLowerCase();
      if (!fields.has(key)) fields.set(key, value);
    });
    parser.on('file', (_name, stream, fileName) => {
      if (file) {
        stream.resume();
        return;
      }
      file = stream;
      resolve({ fields, fileName, file: stream });
    });
    parser.on('finish', () => {
      if (!file) reject(noFile());
    });
    parser.on('error', (error) =>
      fail(error instanceof AwsError ? error : malformed(error instanceof Error ? error.message : '')),
    );
    request.on('close', () => {
      if (!request.readableEnded) fail(malformed('the connection was closed before its end'));
    });
    request.pipe(parser);
  });
}

function openParser(
  request: IncomingMessage,
  refused: (error: Error) => void,
): InstanceType<typeof Busboy> | undefined {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      // Clients give every field a file name.
      isPartAFile: (name) => name?.toLowerCase() === 'file',
      limits: { fieldSize: fieldsLimit, fieldNameSize: 1024, fields: 1000, parts: 1002, headerPairs: 20 },
    });
  } catch (error) {
    refused(malformed(error instanceof Error ? error.message : ''));
    return undefined;
  }
}

const malformed = (detail: string) =>
  new AwsError(
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
    400,
    { Detail: detail },
  );

const tooMuch = () =>
  new AwsError(
    'MaxPostPreDataLengthExceededError',
    'Your POST request fields preceding the upload file was too large.',
    400,
    { MaxPostPreDataLengthBytes: fieldsLimit },
  );

const noFile = () =>
  new AwsError('InvalidArgument', 'POST requires exactly one file upload per request.', 400, {
    ArgumentName: 'file',
    ArgumentValue: '0',
  });

const missingField = (name: string) =>
  new AwsError(
    'InvalidArgument',
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    400,
    { ArgumentName: name, ArgumentValue: '' },
  );

/** Who signed the policy; nobody, when nothing is signed. */
export function authenticateForm(
  fields: ReadonlyMap<string, string>,
  service: SigningRules,
  context: AuthenticateContext,
): Signed {
  const has = (...names: readonly string[]) => names.some((name) => fields.has(name));
  if (has('x-amz-signature', 'x-amz-algorithm', 'x-amz-credential')) return byV4(fields, service, context);
  if (has('signature', 'awsaccesskeyid')) return byV2(fields, service, context);
  return { caller: anonymous, body: anyBody };
}

/** @throws InvalidArgument */
const needed = (fields: ReadonlyMap<string, string>, name: string): string => {
  const value = fields.get(name.toLowerCase());
  if (value === undefined) throw missingField(name);
  return value;
};

function byV4(
  fields: ReadonlyMap<string, string>,
  service: SigningRules,
  context: AuthenticateContext,
): Signed {
  const policy = needed(fields, 'policy');
  const algorithm = needed(fields, 'X-Amz-Algorithm');
  const credential = needed(fields, 'X-Amz-Credential');
  const signature = needed(fields, 'X-Amz-Signature');
  const timestamp = needed(fields, 'X-Amz-Date');
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw new AwsError('InvalidArgument', 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"', 400, {
      ArgumentName: 'X-Amz-Algorithm',
      ArgumentValue: algorithm,
    });
  const badCredential = (problem: string) =>
    new AwsError('InvalidArgument', `Error parsing the X-Amz-Credential parameter; ${problem}`, 400, {
      ArgumentName: 'X-Amz-Credential',
      ArgumentValue: credential,
    });
  const scope = readScope(credential);
  if (!scope)
    throw badCredential(
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  if (!regions.has(scope.region))
    throw badCredential(`the region '${scope.region}' is wrong; expecting '${context.home.region}'`);
  const sessionToken = fields.get('x-amz-security-token');
  const parts = {
    ...scope,
    presigned: false,
    timestamp,
    signedHeaders: new Set<string>(),
    signature,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  const identity = identify(parts, service, context);
  if (!timestamp.startsWith(scope.date) || !signatureMatches(parts, policy, identity.secretAccessKey))
    throw edgeErrors.wrongSignature();
  return { caller: identity.caller, by: { identity, parts }, body: anyBody };
}

function byV2(
  fields: ReadonlyMap<string, string>,
  service: SigningRules,
  context: AuthenticateContext,
): Signed {
  const policy = needed(fields, 'policy');
  const accessKeyId = needed(fields, 'AWSAccessKeyId');
  const signature = needed(fields, 'Signature');
  const sessionToken = fields.get('x-amz-security-token');
  const parts = {
    accessKeyId,
    date: '',
    region: '',
    service: service.signingName,
    presigned: false,
    timestamp: '',
    signedHeaders: new Set<string>(),
    signature,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  const identity = identify(parts, service, context);
  if (!signatureV2Matches(signature, policy, identity.secretAccessKey)) throw edgeErrors.wrongSignature();
  return { caller: identity.caller, by: { identity, parts }, body: anyBody };
}
