/**
 * The health endpoint: 200 while polling works, 503 before the first answer, after a failed poll, or when
 * neither a poll nor a job has come to an end for too long. Also the client that the container's check runs.
 */
import { createServer, type Server } from 'node:http';

/** A long poll lasts 20 s; three of them without an answer is not a slow network any more. */
const staleMilliseconds = 60_000;

export interface HealthReport {
  readonly status: 'ok' | 'starting' | 'failing' | 'stale';
  readonly jobs_in_hand: number;
  readonly last_poll_at?: string;
  readonly reason?: string;
}

export interface HealthRecord {
  polled(): void;
  pollFailed(reason: string): void;
  working(jobsInHand: number): void;
  report(): HealthReport;
}

export function createHealthRecord(
  now: () => number,
  patienceMilliseconds = staleMilliseconds,
): HealthRecord {
  let lastPoll: number | undefined;
  let lastSign = now();
  let failure: string | undefined;
  let inHand = 0;
  const status = (): HealthReport['status'] => {
    if (failure !== undefined) return 'failing';
    if (lastPoll === undefined) return 'starting';
    return now() - lastSign > patienceMilliseconds ? 'stale' : 'ok';
  };
  return {
    polled: () => {
      lastPoll = now();
      lastSign = lastPoll;
      failure = undefined;
    },
    pollFailed: (reason) => {
      failure = reason;
    },
    working: (jobs) => {
      inHand = jobs;
      lastSign = now();
    },
    report: () => ({
      status: status(),
      jobs_in_hand: inHand,
      last_poll_at: lastPoll === undefined ? undefined : new Date(lastPoll).toISOString(),
      reason: failure,
    }),
  };
}

export function startHealthServer(record: HealthRecord, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const known = request.method === 'GET' && request.url === '/health';
    const report = record.report();
    const code = !known ? 404 : report.status === 'ok' ? 200 : 503;
    const body = known ? report : { message: 'GET /health is all there is.' };
    response.writeHead(code, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(`${JSON.stringify(body)}\n`);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/** Asks a running worker; true when it answers 200. */
export async function askHealth(host: string, port: number): Promise<{ healthy: boolean; text: string }> {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const response = await fetch(`http://${reachable}:${port}/health`, { signal: AbortSignal.timeout(4000) });
    return { healthy: response.ok, text: (await response.text()).trim() };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { healthy: false, text: `no answer on ${reachable}:${port}: ${String(cause)}` };
  }
}
