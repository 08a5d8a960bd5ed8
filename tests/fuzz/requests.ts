/** Operations and values as signed HTTP requests in any of a service's protocols. */
import { createHash, createHmac } from 'node:crypto';
import type { ConstraintData } from '../../src/local/edge/constraints.ts';
import type { ServiceEntry } from '../../src/local/services/registry.ts';
import type { ProtocolKind } from '../../src/local/wire/protocol.ts';
import type { Member, OperationShape, Shape } from '../../src/local/wire/shape.ts';
import type { Random } from './random.ts';
import { damage, randomValue, type Values } from './values.ts';

export interface Target {
  readonly entry: ServiceEntry;
  readonly operation: OperationShape;
  readonly limits: ConstraintData | undefined;
  /** Top-level members that are honoured; undefined when all are. */
  readonly honoured: ReadonlySet<string> | undefined;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type Input = Readonly<Record<string, unknown>>;

export function randomInput(target: Target, values: Values): Input {
  const { operation, limits, honoured } = target;
  const root = operation.input;
  const known = limits?.shapes[limits.operations[operation.name] ?? ''];
  const input: Record<string, unknown> = {};
  for (const member of root.members) {
    const needed = member.required || known?.required?.includes(member.name) || member.traits.httpLabel;
    const allowed = !honoured || honoured.has(member.name) || values.random.chance(0.01);
    if (!allowed || !values.random.chance(needed ? 0.98 : 0.4)) continue;
    input[member.name] = randomValue(values, member.shape, member.name, known?.members?.[member.name]);
  }
  return input;
}

type Unsigned = Omit<Request, 'headers'> & { readonly headers: Record<string, string> };

export function toHttp({ entry, operation }: Target, protocol: ProtocolKind, input: Input): Unsigned {
  switch (protocol) {
    case 'json1.0':
    case 'json1.1':
      return {
        method: 'POST',
        path: '/',
        headers: {
          'content-type': `application/x-amz-json-${protocol.slice(4)}`,
          'x-amz-target': `${entry.target}.${operation.name}`,
        },
        body: Buffer.from(JSON.stringify(input)),
      };
    case 'query': {
      const pairs: string[] = [`Action=${operation.name}`, `Version=${entry.version}`];
      flatten(operation.input, input, '', undefined, pairs);
      return {
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(pairs.join('&')),
      };
    }
    default:
      return toRest({ operation, protocol, input });
  }
}

const encode = (value: string) => encodeURIComponent(value.replace(/\p{Surrogate}/gu, '?'));
const plain = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

function flatten(
  shape: Shape,
  value: unknown,
  prefix: string,
  member: Member | undefined,
  out: string[],
): void {
  const name = (key: string) => (prefix ? `${prefix}.${key}` : key);
  if (value === null || value === undefined) return;
  if ((shape.kind === 'structure' || shape.kind === 'union') && typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      const of = shape.byName.get(key);
      if (of) flatten(of.shape, one, name(of.traits.xmlName ?? key), of, out);
      else out.push(`${encode(name(key))}=${encode(plain(one))}`);
    }
  } else if (shape.kind === 'list' && Array.isArray(value)) {
    const flat = member?.traits.xmlFlattened ?? shape.traits.xmlFlattened;
    value.forEach((one, i) => {
      flatten(
        shape.item.shape,
        one,
        flat ? name(String(i + 1)) : name(`${shape.item.traits.xmlName ?? 'member'}.${i + 1}`),
        undefined,
        out,
      );
    });
  } else if (shape.kind === 'map' && typeof value === 'object') {
    const flat = member?.traits.xmlFlattened ?? shape.traits.xmlFlattened;
    Object.entries(value).forEach(([key, one], i) => {
      const entry = flat ? name(String(i + 1)) : name(`entry.${i + 1}`);
      out.push(`${entry}.${shape.key.traits.xmlName ?? 'key'}=${encode(key)}`);
      flatten(shape.value.shape, one, `${entry}.${shape.value.traits.xmlName ?? 'value'}`, undefined, out);
    });
  } else out.push(`${encode(prefix)}=${encode(plain(value))}`);
}

interface RestCall {
  readonly operation: OperationShape;
  readonly protocol: 'rest-json' | 'rest-xml';
  readonly input: Input;
}

function toRest({ operation, protocol, input }: RestCall): Unsigned {
  const [method = 'GET', uri = '/'] = operation.traits.http ?? [];
  const [template = '/', fixed = ''] = uri.split('?');
  const query = fixed ? fixed.split('&').map((one) => (one.includes('=') ? one : `${one}=`)) : [];
  const headers: Record<string, string> = {};
  const inBody: Record<string, unknown> = {};
  let payload: { readonly member: Member; readonly value: unknown } | undefined;
  const labels = new Map<string, string>();
  for (const [key, value] of Object.entries(input)) {
    const member = operation.input.byName.get(key);
    const traits = member?.traits;
    if (!member || !traits) inBody[key] = value;
    else if (traits.httpLabel || key === 'Bucket') labels.set(key, plain(value));
    else if (traits.httpQuery)
      for (const one of Array.isArray(value) ? value : [value])
        query.push(`${encode(traits.httpQuery)}=${encode(plain(one))}`);
    else if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = inHeader(plain(value));
    else if (traits.httpPrefixHeaders !== undefined && typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value))
        headers[`${traits.httpPrefixHeaders}${name.replace(/[^A-Za-z0-9-]/g, '')}`.toLowerCase()] = inHeader(
          plain(one),
        );
    else if (traits.httpPayload) payload = { member, value };
    else inBody[key] = value;
  }
  let path = template.replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
    const label = labels.get(name) ?? 'fuzz';
    return greedy ? label.split('/').map(encode).join('/') : encode(label);
  });
  if (labels.has('Bucket') && !template.includes('{Bucket}'))
    path = `/${encode(labels.get('Bucket') ?? '')}${path === '/' ? '' : path}`;
  const body = payload
    ? bodyOf(
        payload.member.shape,
        payload.value,
        payload.member.traits.xmlName ?? payload.member.name,
        protocol,
      )
    : protocol === 'rest-json'
      ? JSON.stringify(inBody)
      : Object.keys(inBody).length > 0
        ? toXml(operation.input, inBody, `${operation.name}Request`)
        : '';
  const wanted = method === 'GET' || method === 'HEAD' || method === 'DELETE' ? '' : body;
  return {
    method,
    // A longer one is refused by Node.js, which then closes the connection.
    path: (query.length > 0 ? `${path}?${query.join('&')}` : path).slice(0, 12_000),
    headers,
    body: Buffer.from(wanted),
  };
}

/** Node.js refuses to send anything else. */
const inHeader = (value: string) =>
  value
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
    .slice(0, 1500)
    .trim();

function bodyOf(shape: Shape, value: unknown, name: string, protocol: 'rest-json' | 'rest-xml'): string {
  if (shape.kind === 'blob' || shape.kind === 'string') return plain(value);
  return protocol === 'rest-json' ? JSON.stringify(value) : toXml(shape, value, shape.traits.xmlName ?? name);
}

const escapeXml = (text: string) =>
  text.replace(/[&<]/g, (char) => (char === '&' ? '&amp;' : '&lt;')).replace(/\p{Surrogate}|\p{Cc}/gu, '');
const elementName = (name: string) => name.replace(/[^\w.-]/g, '') || 'a';

function toXml(shape: Shape, value: unknown, given: string, member?: Member): string {
  const name = elementName(given);
  if (value === null || value === undefined) return '';
  if (
    (shape.kind === 'structure' || shape.kind === 'union') &&
    typeof value === 'object' &&
    !Array.isArray(value)
  ) {
    const inner = Object.entries(value).map(([key, one]) => {
      const of = shape.byName.get(key);
      return of ? toXml(of.shape, one, of.traits.xmlName ?? key, of) : `<${elementName(key)}/>`;
    });
    return `<${name}>${inner.join('')}</${name}>`;
  }
  if (shape.kind === 'list' && Array.isArray(value)) {
    if (member?.traits.xmlFlattened ?? shape.traits.xmlFlattened)
      return value.map((one) => toXml(shape.item.shape, one, name)).join('');
    const item = shape.item.traits.xmlName ?? 'member';
    return `<${name}>${value.map((one) => toXml(shape.item.shape, one, item)).join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(plain(value))}</${name}>`;
}

const deep = (open: string, close: string, times: number, middle: string) =>
  open.repeat(times) + middle + close.repeat(times);

/** What a client's library would never let out. */
export function damageRequest(random: Random, request: Unsigned): Unsigned {
  const headers = { ...request.headers };
  const body = request.body.toString('latin1');
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  switch (random.below(10)) {
    case 0:
      return { ...request, body: bytes(damage(random, body)) };
    case 1:
      return {
        ...request,
        body: Buffer.from(Array.from({ length: 1 + random.below(200) }, () => random.below(256))),
      };
    case 2:
      return {
        ...request,
        path: `${request.path}${random.pick(['%', '%zz', '/%', '?%=%', '//', '/..', '?a&a=1&a'])}`,
      };
    case 3:
      headers['content-type'] = random.pick([
        '',
        'text/plain',
        'application/json',
        'multipart/form-data',
        'x',
      ]);
      return { ...request, headers };
    case 4:
      headers['content-encoding'] = random.pick(['gzip', 'aws-chunked', 'br', 'identity', 'zip']);
      return { ...request, headers };
    case 5:
      return {
        ...request,
        body: Buffer.from(body.replace(/:"[^"]*"/, `:${deep('{"M":{"a":', '}}', 4000, '{"S":"1"}')}`)),
      };
    case 6:
      return {
        ...request,
        body: Buffer.from(
          deep(
            ...random.pick([
              ['[', ']'],
              ['{"a":', '}'],
              ['<a>', '</a>'],
            ] as [string, string][]),
            8000,
            '1',
          ),
        ),
      };
    case 7:
      return {
        ...request,
        method: random.pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS']),
      };
    case 8:
      headers[
        random.pick([
          'content-md5',
          'x-amz-checksum-crc32',
          'range',
          'if-match',
          'if-modified-since',
          'x-amz-copy-source',
          'x-amz-tagging',
          'x-amz-sdk-checksum-algorithm',
        ])
      ] = random.pick(['x', '', 'bytes=9-1', 'bytes=-', '%zz', '/', 'fuzz/k', 'a=b&a=b', 'CRC32']);
      return { ...request, headers };
    default:
      return { ...request, body: bytes(`${body.slice(0, random.below(body.length + 1))}`) };
  }
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const signingKeys = new Map<string, Buffer>();

const encodeStrictly = (value: string) =>
  encodeURIComponent(value).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
const decode = (value: string) => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

export function sign(request: Unsigned, entry: ServiceEntry, port: number, keys: Keys): Request {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const hash = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: `127.0.0.1:${port}`,
    'x-amz-content-sha256': hash,
    'x-amz-date': stamp,
  };
  const names = Object.keys(headers).sort();
  const [path = '', query = ''] = request.path.split(/\?(.*)/s);
  const parts = path.split('/').map((part) => encodeStrictly(entry.signsPathAsSent ? decode(part) : part));
  const pairs = [...new URLSearchParams(query)].map(([key, value]) => [
    encodeStrictly(key),
    encodeStrictly(value),
  ]);
  const canonicalQuery = pairs
    .map(([key = '', value = '']) => `${key}=${value}`)
    .sort((a, b) => (a.replace('=', '\u0000') < b.replace('=', '\u0000') ? -1 : 1))
    .join('&');
  const canonical = [
    request.method,
    parts.join('/'),
    canonicalQuery,
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    hash,
  ].join('\n');
  const scope = `${stamp.slice(0, 8)}/us-east-1/${entry.signingName}/aws4_request`;
  let key = signingKeys.get(scope + keys.secretAccessKey);
  if (!key) {
    key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`) as Buffer;
    signingKeys.set(scope + keys.secretAccessKey, key);
  }
  const signature = createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`)
    .digest('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...request, headers };
}
