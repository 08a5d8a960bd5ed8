/** Answers and errors of every protocol, written from an operation's output. */
import { writeJson } from './json.ts';
import type { ResponseOptions, WireResponse } from './protocol.ts';
import { writeRest } from './rest-response.ts';
import type { OperationShape, ServiceSchema } from './shape.ts';
import { escapeXml, writeXmlMembers, xmlDeclaration } from './xml.ts';

export function writeResponse(
  operation: OperationShape,
  output: Readonly<Record<string, unknown>>,
  options: ResponseOptions,
): WireResponse {
  const { protocol, requestId } = options;
  switch (protocol) {
    case 'json1.0':
    case 'json1.1': {
      const unit = operation.output.members.length === 0;
      return {
        status: 200,
        headers: { 'content-type': jsonTypes[protocol], 'x-amzn-requestid': requestId },
        body: unit ? '{}' : JSON.stringify(writeJson(operation.output, output, false)),
      };
    }
    case 'query': {
      const { output: shape, name } = operation;
      if (options.queryAsJson) {
        const result = shape.name === 'Unit' ? {} : { [`${name}Result`]: writeJson(shape, output, false) };
        return asJson(200, requestId, {
          [`${name}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } },
        });
      }
      const result =
        shape.name === 'Unit'
          ? ''
          : `<${name}Result>${writeXmlMembers(shape, output, 'date-time')}</${name}Result>`;
      return {
        status: 200,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
        body: `<${name}Response xmlns="${options.xmlNamespace ?? ''}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
      };
    }
    default:
      return writeRest(operation, output, options);
  }
}

/** The form of Query's answers that `Accept: application/json` asks for; AWS's Query services have both. */
const asJson = (status: number, requestId: string, body: object): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
  body: JSON.stringify(body),
});

const jsonTypes = {
  'json1.0': 'application/x-amz-json-1.0',
  'json1.1': 'application/x-amz-json-1.1',
} as const;

export interface WireErrorFields {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fault: 'Sender' | 'Receiver';
  /** Further members of the error's shape, and extra elements of S3's error document. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** One of those that all services share: it is not from the service's own namespace. */
  readonly common?: true;
  /** The Query protocol's name of it, where that differs and the model does not say. */
  readonly queryCode?: string;
}

interface ErrorOptions extends ResponseOptions {
  readonly bareXmlErrors?: boolean;
  /** Of the model: `__type` carries it in some services. */
  readonly errorNamespace?: string | undefined;
  /** Whether the service spoke Query before it spoke JSON: a header tells the name that the error had there. */
  readonly queryCompatible?: boolean;
}

/** Names that a service's own errors have in `__type` where Query calls them otherwise. */
const jsonNames: Readonly<Record<string, string>> = {
  InvalidParameterValue: 'InvalidParameterValueException',
  MissingParameter: 'MissingRequiredParameterException',
};

/**
 * Services of AWS's older framework name errors with the namespace that they come from: the model's, the framework's
 * (what all services share), or that of its validation. Clients take what follows the #.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization
 */
function typeOf({ code, common }: WireErrorFields, modelled: boolean, options: ErrorOptions): string {
  if (options.errorNamespace === undefined) return code;
  if (code === 'ValidationException') return `com.amazon.coral.validate#${code}`;
  if (modelled && !common) return `${options.errorNamespace}#${code}`;
  const name = options.queryCompatible && Object.hasOwn(jsonNames, code) ? jsonNames[code] : code;
  return `com.amazon.coral.service#${name}`;
}

export function writeError(
  error: WireErrorFields,
  schema: ServiceSchema,
  options: ErrorOptions,
): WireResponse {
  const shape = schema.errors.get(error.code);
  const query = shape?.traits.awsQueryError;
  const { protocol, requestId } = options;
  switch (protocol) {
    case 'json1.0':
    case 'json1.1':
    case 'rest-json': {
      const members =
        shape && error.members
          ? (writeJson(shape, error.members, protocol === 'rest-json') as object)
          : (error.members ?? {});
      const headers: Record<string, string> = {
        'content-type': protocol === 'rest-json' ? 'application/json' : jsonTypes[protocol],
        'x-amzn-requestid': requestId,
      };
      if (protocol === 'rest-json') headers['x-amzn-errortype'] = error.code;
      else if (options.queryCompatible)
        headers['x-amzn-query-error'] = `${error.queryCode ?? query?.[0] ?? error.code};${error.fault}`;
      const messageKey = shape?.byName.has('Message') && !shape.byName.has('message') ? 'Message' : 'message';
      return {
        status: error.status,
        headers,
        body: JSON.stringify({
          __type: typeOf(error, shape !== undefined, options),
          [messageKey]: error.message,
          ...members,
        }),
      };
    }
    case 'query': {
      const code = query?.[0] ?? error.code;
      if (options.queryAsJson)
        return asJson(error.status, requestId, {
          Error: { Code: code, Message: error.message, Type: error.fault },
          RequestId: requestId,
        });
      return {
        status: error.status,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
        body: `<ErrorResponse xmlns="${options.xmlNamespace ?? ''}"><Error><Type>${error.fault}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    }
    case 'rest-xml': {
      const extra = Object.entries(error.members ?? {})
        .map(([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`)
        .join('');
      const fields = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${extra}`;
      return {
        status: error.status,
        headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
        body: options.bareXmlErrors
          ? `${xmlDeclaration}<Error>${fields}<RequestId>${requestId}</RequestId></Error>`
          : `${xmlDeclaration}<ErrorResponse xmlns="${options.xmlNamespace ?? ''}"><Error><Type>${error.fault}</Type>${fields}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    }
  }
}
