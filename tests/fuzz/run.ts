/**
 * Random requests to every operation in each of its protocols, against a cloud in a process of its own. What counts:
 * no answer of 500, no request without an answer, the health address answers all the while, nothing uncaught.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { services } from '../../src/local/services/registry.ts';
import { readServiceSchema } from '../../src/local/wire/shape.ts';
import { createRandom } from './random.ts';
import {
  damageRequest,
  type Keys,
  type Request,
  randomInput,
  sign,
  type Target,
  toHttp,
} from './requests.ts';

const program = join(import.meta.dirname, '../../bin/slipway.mjs');

/** Their answers come late by design, or start programs. */
const left = new Set(['ReceiveMessage', 'InvokeWithResponseStream']);

async function findTargets(): Promise<Target[]> {
  const reference = readFileSync(
    join(import.meta.dirname, '../../docs/reference/operations.md'),
    'utf8',
  ).split(/^## /m);
  const targets: Target[] = [];
  for (const entry of services) {
    const section = reference.find((part) => part.startsWith(`${entry.id}\n`)) ?? '';
    const schema = readServiceSchema(await entry.schema());
    const limits = (await entry.constraints?.data())?.default;
    for (const [, name = '', honoured = ''] of section.matchAll(/^\| ([A-Z]\w+) \| ([^|]*) \|/gm)) {
      const operation = schema.operations.get(name);
      if (operation && !left.has(name))
        targets.push({
          entry,
          operation,
          limits,
          honoured: honoured.trim() === 'all' ? undefined : new Set(honoured.trim().split(/, /)),
        });
    }
  }
  return targets;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Far more than any request takes, also on a busy machine. */
const slowMs = Number(process.env.SLIPWAY_FUZZ_SLOW_MS ?? 5000);
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function send(port: number, { method, path, headers, body }: Request, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...headers, 'content-length': body.length },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
        response.on('error', reject);
      },
    );
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

export interface Finding {
  readonly what: string;
  readonly operation: string;
  readonly request: string;
}

export interface FuzzResult {
  readonly answered: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** The longest that the health address took, in ms. */
  readonly slowestHealth: number;
  readonly exitCode: number | null;
}

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  readonly only?: RegExp;
  readonly progress?: (line: string) => void;
}

export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'slipway-fuzz-'));
  const child = spawn(
    process.execPath,
    [program, 'local', '--port', '0', '--state', stateDirectory, '--json'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const findings: Finding[] = [];
  try {
    const { port, keys } = await started(child);
    return await attack(child, stateDirectory, { port, keys }, options, findings);
  } finally {
    child.kill('SIGKILL');
    rmSync(stateDirectory, { recursive: true, force: true });
  }
}

interface Started {
  readonly port: number;
  readonly keys: Keys;
}

function started(child: ChildProcess): Promise<Started> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the cloud ended with ${code} before it was ready`)));
    if (!child.stdout) return reject(new Error('the cloud has no output'));
    createInterface({ input: child.stdout }).once('line', (line) => {
      const said = JSON.parse(line) as Keys & { readonly endpoint: string };
      resolve({ port: Number(new URL(said.endpoint).port), keys: said });
    });
  });
}

interface ToldEvent {
  readonly number: number;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the cloud itself took for a bug, and which work kept everybody else waiting. */
function watchEvents(port: number, token: string, findings: Finding[]): () => Promise<void> {
  let after = 0;
  return async () => {
    for (;;) {
      const { body } = await send(
        port,
        {
          method: 'GET',
          path: `/_slipway/events?after=${after}&minSeverity=warning`,
          headers: { 'x-slipway-token': token },
          body: Buffer.alloc(0),
        },
        60_000,
      );
      const { events } = JSON.parse(body) as { readonly events: readonly ToldEvent[] };
      const last = events.at(-1);
      if (!last || last.number <= after) return;
      after = last.number;
      for (const { name, data } of events) {
        if (name === 'slipway.failed')
          findings.push({ what: `failed: ${JSON.stringify(data)}`, operation: '', request: '' });
        if (name === 'loop.blocked' && Number(data.ms) > slowMs)
          findings.push({
            what: `blocked: ${String(data.work)} for ${String(data.ms)} ms`,
            operation: '',
            request: '',
          });
      }
    }
  };
}

async function attack(
  child: ChildProcess,
  stateDirectory: string,
  { port, keys }: Started,
  { requests, seed, only, progress }: FuzzOptions,
  findings: Finding[],
): Promise<FuzzResult> {
  const random = createRandom(seed);
  const all = await findTargets();
  const targets = all.filter(({ entry, operation }) => !only || only.test(`${entry.id}:${operation.name}`));
  const placeholders: Record<string, string> = { endpoint: `http://127.0.0.1:${port}` };
  const call = async (service: string, name: string, input: Record<string, unknown>) => {
    const target = all.find(({ entry, operation }) => entry.id === service && operation.name === name);
    if (!target) throw new Error(`${service}:${name} is not there to prepare the run`);
    const protocol = target.entry.protocols[0] ?? 'query';
    return send(port, sign(toHttp(target, protocol, input), target.entry, port, keys), 30_000);
  };
  await prepare(call, placeholders);
  const { token } = JSON.parse(readFileSync(join(stateDirectory, 'runtime.json'), 'utf8')) as {
    token: string;
  };
  const readEvents = watchEvents(port, token, findings);

  let answered = 0;
  const byStatus: Record<string, number> = {};
  let slowestHealth = 0;
  let done = false;
  const health = (async () => {
    while (!done) {
      const start = performance.now();
      await send(
        port,
        { method: 'GET', path: '/_slipway/health', headers: {}, body: Buffer.alloc(0) },
        60_000,
      ).catch((error: unknown) =>
        findings.push({ what: `health: ${String(error)}`, operation: '', request: '' }),
      );
      slowestHealth = Math.max(slowestHealth, performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();

  const one = async () => {
    const target = random.pick(targets);
    const { entry, operation } = target;
    const protocol = random.pick(entry.protocols);
    const wild = random.pick([0.01, 0.05, 0.05, 0.3]);
    const input = randomInput(target, { random, wild, limits: target.limits, placeholders });
    let shot = toHttp(target, protocol, input);
    if (random.chance(0.12)) shot = damageRequest(random, shot);
    const request = sign(shot, entry, port, keys);
    const start = performance.now();
    const name = `${entry.id}:${operation.name} (${protocol})`;
    const shown = () =>
      `${request.method} ${request.path.slice(0, 600)} ${request.headers['content-type'] ?? ''} ${request.body.toString().slice(0, 3000)}`;
    try {
      const { status, body } = await send(port, request, 60_000);
      const took = performance.now() - start;
      answered++;
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      if (status >= 500 && status !== 501 && status !== 503)
        findings.push({ what: `${status}: ${body.slice(0, 300)}`, operation: name, request: shown() });
      else if (took > slowMs)
        findings.push({ what: `took ${Math.round(took)} ms`, operation: name, request: shown() });
    } catch (error) {
      if (error instanceof TypeError) return;
      findings.push({ what: String(error), operation: name, request: shown() });
    }
  };
  let next = 0;
  const worker = async () => {
    while (
      next++ < requests &&
      child.exitCode === null &&
      child.signalCode === null &&
      findings.length < 1000
    ) {
      if (next % 10_000 === 0) progress?.(`${next} requests, ${findings.length} findings`);
      if (next % 1000 === 0) await readEvents();
      await one();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  await readEvents();
  done = true;
  await health;
  if (slowestHealth > slowMs)
    findings.push({ what: `health took ${Math.round(slowestHealth)} ms`, operation: '', request: '' });
  return { answered, byStatus, findings, slowestHealth, exitCode: child.exitCode };
}

/** Resources that the samples name. */
async function prepare(
  call: (service: string, name: string, input: Record<string, unknown>) => Promise<Answer>,
  placeholders: Record<string, string>,
): Promise<void> {
  await call('sqs', 'CreateQueue', { QueueName: 'fuzz' });
  await call('sns', 'CreateTopic', { Name: 'fuzz' });
  await call('s3', 'CreateBucket', { Bucket: 'fuzz' });
  await call('s3', 'PutObject', { Bucket: 'fuzz', Key: 'k', Body: 'body' });
  await call('dynamodb', 'CreateTable', {
    TableName: 'fuzz',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  await call('logs', 'CreateLogGroup', { logGroupName: '/fuzz' });
  await call('logs', 'CreateLogStream', { logGroupName: '/fuzz', logStreamName: 'fuzz' });
  await call('iam', 'CreateRole', {
    RoleName: 'fuzz',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    }),
  });
  await call('events', 'PutRule', { Name: 'fuzz', EventPattern: '{"source":["a"]}' });
  await call('ecs', 'CreateCluster', { clusterName: 'fuzz' });
  await call('ecr', 'CreateRepository', { repositoryName: 'fuzz' });
  const api = await call('apigateway', 'CreateRestApi', { name: 'fuzz' });
  placeholders.api = /"id":"(\w+)"/.exec(api.body)?.[1] ?? '';
}
