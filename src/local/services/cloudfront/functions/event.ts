/**
 * Requests and responses as CloudFront Functions see them, and back.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
interface FieldValue {
  value: string;
  attributes?: string;
  multiValue?: { value: string; attributes?: string }[];
}
type Fields = Record<string, FieldValue>;
type Headers = Record<string, string | string[]>;

export interface FunctionRequest {
  method: string;
  uri: string;
  querystring: Fields | string;
  headers: Fields;
  cookies: Fields;
}

export interface FunctionResponse {
  statusCode: number;
  statusDescription?: string;
  headers?: Fields;
  cookies?: Fields;
  body?: string | { encoding?: string; data?: string };
}

/** One name may come several times: the first is `value` and all of them are `multiValue`. */
function gather(pairs: Iterable<readonly [string, string]>): Fields {
  const out: Fields = {};
  for (const [name, value] of pairs) {
    const field = out[name];
    if (!field) out[name] = { value };
    else field.multiValue = [...(field.multiValue ?? [{ value: field.value }]), { value }];
  }
  return out;
}

const pairsOf = (headers: Headers): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name.toLowerCase(), one]),
  );

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

export function toFunctionRequest(
  method: string,
  uri: string,
  query: string,
  headers: Headers,
): FunctionRequest {
  const { cookie, ...others } = headers;
  const cookies = (Array.isArray(cookie) ? cookie.join('; ') : (cookie ?? '')).split(';');
  return {
    method,
    uri,
    querystring: gather(query === '' ? [] : query.split('&').map((part) => splitOnce(part, '='))),
    headers: gather(pairsOf(others)),
    cookies: gather(cookies.filter((c) => c.trim() !== '').map((c) => splitOnce(c.trim(), '='))),
  };
}

const values = (field: FieldValue) => field.multiValue ?? [field];

interface ChangedRequest {
  readonly uri: string;
  readonly query: string;
  readonly headers: Headers;
}

export function fromFunctionRequest(request: Partial<FunctionRequest>): ChangedRequest {
  const query = request.querystring;
  const headers = headersFrom(request.headers);
  const cookies = Object.entries(request.cookies ?? {}).flatMap(([name, field]) =>
    values(field).map(({ value }) => `${name}=${value}`),
  );
  return {
    uri: request.uri ?? '/',
    query:
      typeof query === 'string'
        ? query
        : Object.entries(query ?? {})
            .flatMap(([name, field]) =>
              values(field).map(({ value }) => (value === '' ? name : `${name}=${value}`)),
            )
            .join('&'),
    headers: cookies.length > 0 ? { ...headers, cookie: cookies.join('; ') } : headers,
  };
}

const headersFrom = (fields: Fields | undefined): Headers =>
  Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, field]) => {
      const all = values(field).map(({ value }) => String(value));
      return [name.toLowerCase(), all.length === 1 ? (all[0] ?? '') : all];
    }),
  );

export function toFunctionResponse(status: number, headers: Headers): FunctionResponse {
  const { 'set-cookie': set, ...others } = headers;
  const cookies: Fields = {};
  for (const line of set === undefined ? [] : [set].flat()) {
    const [pair, attributes] = splitOnce(line, ';');
    const [name, value] = splitOnce(pair, '=');
    const cookie = { value, attributes: attributes.trim() };
    const known = cookies[name.trim()];
    if (known) known.multiValue = [...(known.multiValue ?? [{ ...known }]), cookie];
    else cookies[name.trim()] = cookie;
  }
  return { statusCode: status, statusDescription: '', headers: gather(pairsOf(others)), cookies };
}

interface ChangedResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Absent: the body stays what it is. */
  readonly body?: Buffer;
}

export function fromFunctionResponse(response: FunctionResponse): ChangedResponse {
  const headers = headersFrom(response.headers);
  const cookies = Object.entries(response.cookies ?? {}).flatMap(([name, field]) =>
    values(field).map(({ value, attributes }) => `${name}=${value}${attributes ? `; ${attributes}` : ''}`),
  );
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  const { body } = response;
  const data =
    body === undefined
      ? undefined
      : typeof body === 'string'
        ? Buffer.from(body)
        : Buffer.from(body.data ?? '', body.encoding === 'base64' ? 'base64' : 'utf8');
  return { status: response.statusCode, headers, ...(data ? { body: data } : {}) };
}
