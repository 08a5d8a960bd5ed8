/**
 * The response URLs of custom resources and wait condition handles: whoever has one may PUT a JSON document to
 * it, as with the presigned S3 URLs that stand there on AWS. Answers that nobody waits for are kept only for
 * wait condition handles, whose signals may come before the condition asks.
 */
import type {
  DataPlaneAddress,
  DataPlaneRequest,
  DataPlaneResponse,
  ServiceEnvironment,
} from '../../service.ts';

export type Answer = Readonly<Record<string, unknown>>;

export interface Responses {
  /** A URL and its first answer; rejects when the signal aborts. */
  expect(signal: AbortSignal): { readonly url: string; readonly answer: Promise<Answer>; close(): void };
  /** A URL that takes signals from now on until it is closed; survives restarts. */
  openHandle(): string;
  closeHandle(url: string): void;
  /** The signals a handle has, by unique id, now and whenever one comes. */
  watchHandle(url: string, changed: (signals: Readonly<Record<string, Answer>>) => void): () => void;
  serve(request: DataPlaneRequest): Promise<DataPlaneResponse>;
  serves(request: DataPlaneAddress): boolean;
}

const path = '/_aws/cloudformation/';
const partsOf = (url: string) => (url.split('?')[0] ?? '').slice(path.length).split('/');

export function createResponses(env: ServiceEnvironment): Responses {
  const waiting = new Map<string, (answer: Answer) => void>();
  const handles = env.store.collection<Record<string, Answer>>('cloudformation/wait-handles');
  const watchers = new Map<string, Set<(signals: Readonly<Record<string, Answer>>) => void>>();
  const idOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);
  const reply = (status: number, text = ''): DataPlaneResponse => ({
    status,
    headers: { 'content-type': 'text/plain' },
    body: Buffer.from(text),
  });

  return {
    expect(signal) {
      const id = env.randomId(40);
      const answer = new Promise<Answer>((resolve, reject) => {
        waiting.set(id, resolve);
        const stop = () => reject(new Error('the operation was cancelled while waiting for the response'));
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
      });
      return {
        // As on AWS, of a bucket there: functions reach it under that name, on port 443 with TLS.
        url: `https://cloudformation-custom-resource-response-${env.region.replaceAll('-', '')}.s3.${env.region}.amazonaws.com${path}response/${id}`,
        answer: answer.finally(() => waiting.delete(id)),
        close: () => void waiting.delete(id),
      };
    },
    openHandle() {
      const id = env.randomId(40);
      handles.put(id, {});
      return `${env.endpoint}${path}wait/${id}`;
    },
    closeHandle: (url) => void handles.delete(idOf(url)),
    watchHandle(url, changed) {
      const id = idOf(url);
      const set = watchers.get(id) ?? new Set();
      watchers.set(id, set.add(changed));
      changed(handles.get(id) ?? {});
      return () => void set.delete(changed);
    },
    serves({ url }) {
      const [, id = ''] = partsOf(url);
      return waiting.has(id) || handles.has(id);
    },
    async serve(request) {
      const [kind = '', id = ''] = partsOf(request.url);
      if (request.method !== 'PUT') return reply(405, 'PUT the response document to this URL');
      let answer: Answer;
      try {
        const parsed: unknown = JSON.parse(request.body.toString());
        if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
          throw new Error('not an object');
        answer = parsed as Answer;
      } catch (error) {
        return reply(400, `the response must be a JSON object: ${(error as Error).message}`);
      }
      if (kind === 'response') {
        const take = waiting.get(id);
        if (!take) return reply(403, 'Request has expired');
        take(answer);
        return reply(200);
      }
      const signals = kind === 'wait' ? handles.get(id) : undefined;
      if (!signals) return reply(403, 'Request has expired');
      if (typeof answer.UniqueId !== 'string' || typeof answer.Status !== 'string')
        return reply(400, 'a signal needs Status, UniqueId, Data and Reason');
      const all = { ...signals, [answer.UniqueId]: answer };
      handles.put(id, all);
      for (const changed of watchers.get(id) ?? []) changed(all);
      return reply(200);
    },
  };
}
