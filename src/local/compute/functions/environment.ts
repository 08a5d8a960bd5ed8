/**
 * One execution environment: a Node process of its own that holds one loaded function and runs one invocation
 * at a time. It is not frozen between invocations. It is ended, with all that it has started, when its time is over,
 * when it all holds more memory than the function has, and when the environment is given up.
 * Everything the process is told comes in `variables`: nothing of the host's environment reaches it. They are handed
 * over in a message, because other processes of the same user can read what a process was started with.
 */
import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { Clock } from '../../../core/clock.ts';
import { endMarked, endTree, killGroup, type MemoryWatcher, markName } from '../process-tree.ts';
import type { Reaper } from '../tasks/reaper.ts';
import {
  configure,
  encodeFrame,
  failed,
  frameReader,
  initFailed,
  invoke,
  log,
  ready,
  splitHeader,
  succeeded,
} from './frames.ts';

export interface LogLine {
  /** ms since the epoch, simulated time */
  readonly time: number;
  readonly text: string;
}

interface EnvironmentOptions {
  readonly runtimeFile: string;
  /** The unpacked code; also the working directory. */
  readonly taskRoot: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Stands in the environment of every process of this environment, and nowhere else. */
  readonly mark: string;
  readonly reaper: Reaper;
  readonly memoryMb: number;
  readonly memory: MemoryWatcher;
  readonly clock: Clock;
  /** ms until an environment that does not get ready is given up. */
  readonly initLimit: number;
  onLog(line: LogLine): void;
  /** The process has ended, for whatever reason. */
  onEnd(): void;
}

export interface Invocation {
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly arn: string;
  readonly timeoutMs: number;
  readonly traceId: string;
  readonly clientContext?: unknown;
}

/** What a function answered. `failed` also when its process died or time ran out: the error says so. */
export interface Outcome {
  readonly kind: 'succeeded' | 'failed' | 'timed-out' | 'died';
  /** The result, or the error as JSON: errorType, errorMessage, trace. */
  readonly payload: Buffer;
  readonly durationMs: number;
  readonly maxMemoryMb: number;
  /** Of a process that died. */
  readonly errorType?: string;
}

export interface ExecutionEnvironment {
  /** How long it took to get ready, ms. Rejects with an InitError. */
  readonly ready: Promise<number>;
  readonly ended: boolean;
  run(invocation: Invocation): Promise<Outcome>;
  /** Resolves when no process of it is left. */
  end(): Promise<void>;
}

export class InitError extends Error {
  readonly payload: Buffer;
  constructor(payload: Buffer) {
    super('the function did not initialise');
    this.payload = payload;
  }
}

const errorBody = (errorType: string, errorMessage: string) =>
  Buffer.from(JSON.stringify({ errorType, errorMessage }));

interface Running {
  readonly requestId: string;
  readonly started: number;
  readonly done: (outcome: Pick<Outcome, 'kind' | 'payload' | 'errorType'>) => void;
}

export function startEnvironment(options: EnvironmentOptions): ExecutionEnvironment {
  const { clock } = options;
  const born = performance.now();
  const child = spawn(
    process.execPath,
    // AWS leaves about a twelfth of the memory to what is not the heap.
    [`--max-old-space-size=${Math.max(64, Math.floor(options.memoryMb * 0.92))}`, options.runtimeFile],
    {
      cwd: options.taskRoot,
      env: { ...startingVariables(options.variables), [markName]: options.mark },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      // A group of its own, which is ended as one; and Ctrl-C in a terminal reaches the cloud alone.
      detached: process.platform !== 'win32',
    },
  );
  const { pid } = child;
  if (pid !== undefined) options.reaper.add(pid, options.mark);
  const end = async () => {
    if (!ended && pid !== undefined) await endTree(pid, options.mark);
  };
  const memory =
    pid === undefined
      ? undefined
      : options.memory.watch(pid, options.memoryMb * 1_048_576, () => outOfMemory());
  memory?.resume();
  let ended = false;
  let timedOut = false;
  let memorySpent = false;
  let running: Running | undefined;
  let maxMemoryMb = 0;
  let settleReady: { resolve(ms: number): void; reject(error: Error): void } | undefined;
  const readyPromise = new Promise<number>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  readyPromise.catch(() => {});
  // A process lives in real time: when the cloud's clock is moved forward, what it does takes no longer, and its
  // own clock (getRemainingTimeInMillis) does not jump. So its limits are not the cloud clock's either.
  const initTimer = clock.afterReal(options.initLimit, () => {
    fail('Sandbox.Timedout', `Error: Task timed out after ${(options.initLimit / 1000).toFixed(2)} seconds`);
    void end();
  });

  /** https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
  function outOfMemory(): void {
    if (memorySpent) return;
    memorySpent = true;
    maxMemoryMb = options.memoryMb;
    void end();
  }

  function fail(type: string, message: string): void {
    initTimer.cancel();
    settleReady?.reject(new InitError(errorBody(type, message)));
    settleReady = undefined;
  }

  const emit = (text: string) => options.onLog({ time: clock.now(), text });
  /** The function's clock is the real one; its lines are stored under simulated time. */
  const ahead = (time: number) => time + (clock.now() - clock.wall());

  const onFrame = (kind: number, payload: Buffer) => {
    const { header, body } = splitHeader(payload);
    const { rss, time } = header as { rss?: number; time?: number };
    if (rss !== undefined) maxMemoryMb = Math.max(maxMemoryMb, Math.ceil(rss / 1_048_576));
    switch (kind) {
      case log:
        return options.onLog({ time: ahead(time ?? clock.wall()), text: body.toString() });
      case ready:
        initTimer.cancel();
        memory?.pause();
        settleReady?.resolve(performance.now() - born);
        settleReady = undefined;
        return;
      case initFailed:
        initTimer.cancel();
        settleReady?.reject(new InitError(body));
        settleReady = undefined;
        return;
      case succeeded:
      case failed: {
        const { requestId, fatal } = header as { requestId?: string; fatal?: boolean };
        if (requestId !== running?.requestId || memorySpent) return;
        // What came and went between two looks counts as well.
        if (memory?.look()) return outOfMemory();
        running?.done({
          kind: kind === succeeded ? 'succeeded' : fatal ? 'died' : 'failed',
          payload: body,
        });
        return;
      }
    }
  };

  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, NodeJS.ReadableStream];
  input.on('error', () => {});
  input.write(encodeFrame(configure, options.variables, Buffer.alloc(0)));
  const read = frameReader(onFrame);
  output.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      // The function's own code can write to this pipe; what is no frame ends it.
      void end();
    }
  });
  output.on('error', () => {});
  lines(child.stdout, emit);
  lines(child.stderr, emit);

  const over = (how: string) => {
    if (ended) return;
    ended = true;
    const requestId = running?.requestId;
    const message = `RequestId: ${requestId ?? 'unknown'} Error: Runtime exited ${how}`;
    const errorType = memorySpent ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
    fail(errorType, message);
    memory?.pause();
    if (running && !timedOut)
      running.done({ kind: 'died', errorType, payload: errorBody(errorType, message) });
    options.onEnd();
  };
  child.on('error', (error) => over(`before it started: ${error.message}`));
  // What it has started may hold its output open, and must not outlive it.
  child.on('exit', () => {
    if (pid !== undefined) {
      options.reaper.remove(pid);
      killGroup(pid, 'SIGKILL');
    }
    void endMarked(options.mark);
  });
  // 'close' comes after everything the process wrote has been read.
  child.on('close', (code, signal) =>
    over(
      signal
        ? `with error: signal: ${signalNames[signal] ?? signal}`
        : code === 0
          ? 'without providing a reason'
          : `with error: exit status ${code}`,
    ),
  );

  return {
    ready: readyPromise,
    get ended() {
      return ended;
    },
    end,
    run(invocation) {
      return new Promise((resolve) => {
        const { requestId, timeoutMs } = invocation;
        const started = performance.now();
        const timer = clock.afterReal(timeoutMs, () => {
          timedOut = true;
          const said = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
          emit(`${new Date(clock.now()).toISOString()} ${requestId} ${said}`);
          running?.done({
            kind: 'timed-out',
            payload: errorBody('Sandbox.Timedout', `RequestId: ${requestId} Error: ${said}`),
          });
          void end();
        });
        memory?.resume();
        running = {
          requestId,
          started,
          done(outcome) {
            timer.cancel();
            memory?.pause();
            running = undefined;
            const seen = Math.ceil((memory?.peak ?? 0) / 1_048_576);
            resolve({
              ...outcome,
              durationMs: performance.now() - started,
              maxMemoryMb: Math.max(maxMemoryMb, seen),
            });
          },
        };
        input.write(
          encodeFrame(
            invoke,
            {
              requestId,
              deadline: clock.wall() + timeoutMs,
              arn: invocation.arn,
              traceId: invocation.traceId,
              clientContext: invocation.clientContext,
            },
            invocation.payload,
          ),
        );
      });
    },
  };
}

/** What Node, the loader and the C library read when a process starts; it holds no secrets of ours. */
const readAtStart =
  /^(PATH|HOME|TMPDIR|TZ|LANG|LC_\w+|NODE_\w+|LD_\w+|UV_\w+|SSL_CERT_\w+|OPENSSL_\w+|ICU_\w+)$/;

const startingVariables = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => readAtStart.test(name)));

const signalNames: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** Raw writes to standard output become one log event a line. */
function lines(stream: NodeJS.ReadableStream | null, emit: (text: string) => void): void {
  if (!stream) return;
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) if (line !== '') emit(line);
  });
  stream.on('end', () => {
    if (rest !== '') emit(rest);
  });
  stream.on('error', () => {});
}
