/** Requests signed by hand, in every way that a client could: the SDK signs in one way only, and always rightly. */
import { createHash, createHmac } from 'node:crypto';
import { type OutgoingHttpHeaders, request } from 'node:http';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Draft {
  readonly method: string;
  readonly path: string;
  /** In order; written as it is. */
  readonly query?: readonly (readonly [string, string])[];
  readonly service: string;
  /** In lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly region?: string;
  readonly date?: Date;
  /** What is signed as the body's hash; default the body's. */
  readonly payload?: string;
  /** Replaces x-amz-date: the text of a Date header. */
  readonly dateHeader?: string;
}

export const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const byName = (a: readonly [string, string], b: readonly [string, string]) => (a[0] < b[0] ? -1 : 1);

const basic = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

export const signingKeyOf = (keys: Keys, scope: string) =>
  scope.split('/').reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`) as Buffer;

function signature(
  draft: Draft,
  host: string,
  keys: Keys,
  query: readonly (readonly [string, string])[],
  headers: Readonly<Record<string, string>>,
) {
  const stamp = basic(draft.date ?? new Date());
  const scope = `${stamp.slice(0, 8)}/${draft.region ?? 'us-east-1'}/${draft.service}/aws4_request`;
  const signed = Object.entries({ ...headers, host }).sort(byName);
  const names = signed.map(([name]) => name).join(';');
  return (payload: string, more: readonly (readonly [string, string])[] = []) => {
    const all = [...query, ...more].map(([k, v]): [string, string] => [encode(k), encode(v)]).sort(byName);
    const canonical = [
      draft.method,
      draft.path,
      all.map(([k, v]) => `${k}=${v}`).join('&'),
      ...signed.map(([name, value]) => `${name}:${value}`),
      '',
      names,
      payload,
    ].join('\n');
    const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`;
    return {
      stamp,
      scope,
      names,
      query: all.map(([k, v]) => `${k}=${v}`).join('&'),
      signature: createHmac('sha256', signingKeyOf(keys, scope)).update(text).digest('hex'),
    };
  };
}

export interface Signed {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly signature: string;
  readonly scope: string;
  readonly stamp: string;
}

/** Signs in the authorization header. */
export function signHeaders(draft: Draft, host: string, keys: Keys): Signed {
  const payload = draft.payload ?? sha256(draft.body ?? '');
  const dated: Record<string, string> =
    draft.dateHeader === undefined
      ? { 'x-amz-date': basic(draft.date ?? new Date()) }
      : { date: draft.dateHeader };
  const headers: Record<string, string> = {
    ...draft.headers,
    ...dated,
    'x-amz-content-sha256': payload,
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
  };
  const made = signature(draft, host, keys, draft.query ?? [], headers)(payload);
  return {
    path: made.query === '' ? draft.path : `${draft.path}?${made.query}`,
    headers: {
      ...headers,
      host,
      authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${made.scope}, SignedHeaders=${made.names}, Signature=${made.signature}`,
    },
    signature: made.signature,
    scope: made.scope,
    stamp: made.stamp,
  };
}

/** Signs in the query: a presigned URL. */
export function signQuery(
  draft: Draft,
  host: string,
  keys: Keys,
  expires: string | undefined = '300',
): Signed {
  const headers = { ...draft.headers };
  const stamp = basic(draft.date ?? new Date());
  const scope = `${stamp.slice(0, 8)}/${draft.region ?? 'us-east-1'}/${draft.service}/aws4_request`;
  const names = Object.keys({ ...headers, host })
    .sort()
    .join(';');
  const made = signature(
    draft,
    host,
    keys,
    draft.query ?? [],
    headers,
  )(draft.payload ?? (draft.service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256(draft.body ?? '')), [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${keys.accessKeyId}/${scope}`],
    ['X-Amz-Date', stamp],
    ...(expires === undefined ? [] : [['X-Amz-Expires', expires] as const]),
    ...(keys.sessionToken === undefined ? [] : [['X-Amz-Security-Token', keys.sessionToken] as const]),
    ['X-Amz-SignedHeaders', names],
  ]);
  return {
    path: `${draft.path}?${made.query}&X-Amz-Signature=${made.signature}`,
    headers: { ...headers, host },
    signature: made.signature,
    scope,
    stamp,
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Whether the server said 100 Continue before its answer. */
  readonly continued: boolean;
}

/** Sends a request as it is; a body is held back until 100 Continue when `expect` asks for that. */
export function send(
  port: number,
  shot: {
    readonly method: string;
    readonly path: string;
    readonly headers?: OutgoingHttpHeaders | readonly string[];
    readonly body?: string | Buffer;
  },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let continued = false;
    const { method, path, headers = {}, body } = shot;
    const waits = !Array.isArray(headers) && 'expect' in headers;
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers: headers as OutgoingHttpHeaders, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
            continued,
          });
          outgoing.destroy();
        });
        answer.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.on('continue', () => {
      continued = true;
      outgoing.end(body);
    });
    if (waits) outgoing.flushHeaders();
    else outgoing.end(body);
  });
}
