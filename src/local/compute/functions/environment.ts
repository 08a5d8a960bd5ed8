/**
 * One execution environment: a process of its own that holds one loaded function and runs one invocation at a time,
 * whatever its language: it takes invocations from the Lambda Runtime API. It is not frozen between invocations. It is
 * ended, with all that it has started, when its time is over, when it all holds more memory than the function has, and
 * when the environment is given up.
 * Everything the process is told comes in `variables`: nothing of the host's environment reaches it. Runtimes of ours
 * read them from standard input, because other processes of the same user can read what a process was started with;
 * those that others made find them in their environment.
 */
import { spawn } from 'node:child_process';
import type { Clock } from '../../../core/clock.ts';
import { endMarked, endTree, killGroup, type MemoryWatcher, markName } from '../process-tree.ts';
import type { Reaper } from '../tasks/reaper.ts';
import { largestResponse, type RuntimeRequest, startRuntimeApi } from './runtime-api.ts';
import { logReader } from './telemetry-log.ts';

export interface LogLine {
  /** ms since the epoch, simulated time */
  readonly time: number;
  readonly text: string;
}

/** How a runtime is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The process reads its variables from standard input. */
  readonly readsVariables: boolean;
  /** Of a view: how many processes are above the one that runs the code. A second one is a shell. */
  readonly processesAbove?: number;
}

interface EnvironmentOptions {
  readonly launch: Launch;
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

export interface Invocation extends Omit<RuntimeRequest, 'deadline'> {
  readonly timeoutMs: number;
  /** A part of a streamed response, as it comes. Without it the parts are put together. */
  readonly onPart?: ((chunk: Buffer, contentType: string) => void) | undefined;
}

/** What a function answered. `failed` also when its process died or time ran out: the error says so. */
export interface Outcome {
  readonly kind: 'succeeded' | 'failed' | 'timed-out' | 'died';
  /** The result, or the error as JSON: errorType, errorMessage, stack. */
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
  /** Resolves when the runtime asks for the next invocation, or has ended. */
  idle(): Promise<void>;
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
  readonly parts: Buffer[];
  readonly onPart: Invocation['onPart'];
  readonly done: (outcome: Pick<Outcome, 'kind' | 'payload' | 'errorType'>) => void;
}

/** ms for a runtime that has told that it cannot start to end by itself, with its last log lines. */
const farewell = 1000;

export async function startEnvironment(options: EnvironmentOptions): Promise<ExecutionEnvironment> {
  const { clock, launch } = options;
  const born = performance.now();
  let ended = false;
  let timedOut = false;
  let memorySpent = false;
  let running: Running | undefined;
  let waits = false;
  let whenIdle: (() => void)[] = [];
  let settleReady: { resolve(ms: number): void; reject(error: Error): void } | undefined;
  const ready = new Promise<number>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  ready.catch(() => {});

  const api = await startRuntimeApi({
    idle() {
      waits = true;
      initTimer.cancel();
      memory?.pause();
      settleReady?.resolve(performance.now() - born);
      settleReady = undefined;
      release();
    },
    initFailed(body) {
      initTimer.cancel();
      settleReady?.reject(new InitError(body));
      settleReady = undefined;
      clock.afterReal(farewell, () => void end());
    },
    part(chunk, contentType) {
      if (running?.onPart) running.onPart(chunk, contentType);
      else running?.parts.push(chunk);
    },
    succeeded: (body) => {
      if (!running) return;
      answered({
        kind: 'succeeded',
        payload: running.parts.length > 0 ? Buffer.concat(running.parts) : body,
      });
    },
    failed: (payload) => answered({ kind: 'failed', payload }),
    tooLarge: () =>
      answered({
        kind: 'failed',
        payload: errorBody(
          'Function.ResponseSizeTooLarge',
          `Response payload size exceeded maximum allowed payload size (${largestResponse} bytes).`,
        ),
      }),
  });

  const child = spawn(launch.command, launch.args, {
    cwd: launch.cwd,
    env: {
      ...(launch.readsVariables ? startingVariables(launch.variables) : launch.variables),
      [markName]: options.mark,
      ...(launch.readsVariables ? {} : told(api.address)),
    },
    stdio: [launch.readsVariables ? 'pipe' : 'ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own, which is ended as one; and Ctrl-C in a terminal reaches the cloud alone.
    detached: process.platform !== 'win32',
  });
  const { pid } = child;
  if (pid !== undefined) options.reaper.add(pid, options.mark);
  const end = async () => {
    if (!ended && pid !== undefined) await endTree(pid, options.mark);
  };
  const memory =
    pid === undefined
      ? undefined
      : options.memory.watch(pid, options.memoryMb * 1_048_576, () => outOfMemory(), launch.processesAbove);
  memory?.resume();
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
    void end();
  }

  function answered(outcome: Pick<Outcome, 'kind' | 'payload'>): void {
    if (memorySpent) return;
    // What came and went between two looks counts as well.
    if (memory?.look()) outOfMemory();
    else running?.done(outcome);
  }

  function fail(type: string, message: string): void {
    initTimer.cancel();
    settleReady?.reject(new InitError(errorBody(type, message)));
    settleReady = undefined;
  }

  function release(): void {
    const all = whenIdle;
    whenIdle = [];
    for (const one of all) one();
  }

  const emit = (text: string) => options.onLog({ time: clock.now(), text });
  /** The function's clock is the real one; its lines are stored under simulated time. */
  const ahead = (time: number) => time + (clock.now() - clock.wall());

  child.stdin?.on('error', () => {});
  child.stdin?.end(JSON.stringify({ ...launch.variables, ...told(api.address) }));
  const telemetry = child.stdio[3] as NodeJS.ReadableStream | null | undefined;
  const read = logReader((time, text) => options.onLog({ time: ahead(time), text }));
  telemetry?.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      // The function's own code can write to this pipe; what is no frame ends it.
      void end();
    }
  });
  telemetry?.on('error', () => {});
  lines(child.stdout, emit);
  lines(child.stderr, emit);

  const over = (how: string, type = 'Runtime.ExitError') => {
    if (ended) return;
    ended = true;
    api.close();
    const message = `RequestId: ${running?.requestId ?? 'unknown'} Error: ${how}`;
    const errorType = memorySpent ? 'Runtime.OutOfMemory' : type;
    fail(errorType, message);
    memory?.pause();
    if (running && !timedOut)
      running.done({ kind: 'died', errorType, payload: errorBody(errorType, message) });
    release();
    options.onEnd();
  };
  child.on('error', (error) => over(error.message, 'Runtime.InvalidEntrypoint'));
  // What it has started may hold its output open, and must not outlive it.
  child.on('exit', () => {
    if (pid !== undefined) {
      options.reaper.remove(pid);
      killGroup(pid, 'SIGKILL');
    }
    void endMarked(options.mark);
  });
  // 'close' comes after everything the process wrote has been read.
  child.on('close', (code, ownSignal) => {
    const signal =
      ownSignal ?? ((launch.processesAbove ?? 0) > 1 && code !== null ? signalOfShell[code] : undefined);
    over(
      signal
        ? `Runtime exited with error: signal: ${signalNames[signal] ?? signal}`
        : code === 0
          ? 'Runtime exited without providing a reason'
          : `Runtime exited with error: exit status ${code}`,
    );
  });

  return {
    ready,
    get ended() {
      return ended;
    },
    end,
    idle: () =>
      ended || (waits && !running) ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve)),
    run(invocation) {
      const { requestId, timeoutMs, onPart } = invocation;
      return new Promise((resolve) => {
        const started = performance.now();
        const timer = clock.afterReal(timeoutMs, () => {
          void end();
          // It has answered, and does not ask for more.
          if (running?.requestId !== requestId) return;
          timedOut = true;
          const said = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
          emit(`${new Date(clock.now()).toISOString()} ${requestId} ${said}`);
          running.done({
            kind: 'timed-out',
            payload: errorBody('Sandbox.Timedout', `RequestId: ${requestId} Error: ${said}`),
          });
        });
        memory?.resume();
        whenIdle.push(() => timer.cancel());
        running = {
          requestId,
          parts: [],
          onPart,
          done(outcome) {
            running = undefined;
            memory?.pause();
            resolve({
              ...outcome,
              durationMs: performance.now() - started,
              maxMemoryMb: memorySpent ? options.memoryMb : Math.ceil((memory?.peak ?? 0) / 1_048_576),
            });
          },
        };
        waits = false;
        api.offer({ ...invocation, deadline: clock.wall() + timeoutMs });
      });
    },
  };
}

const told = (address: string) => ({ AWS_LAMBDA_RUNTIME_API: address, _LAMBDA_TELEMETRY_LOG_FD: '3' });

/** What Node, Python, the loader and the C library read when a process starts; it holds no secrets of ours. */
const readAtStart =
  /^(PATH|HOME|TMPDIR|TZ|LANG|LC_\w+|NODE_\w+|PYTHON\w+|LD_\w+|UV_\w+|SSL_CERT_\w+|OPENSSL_\w+|ICU_\w+)$/;

const startingVariables = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => readAtStart.test(name)));

const signalNames: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02: 128 and its number. */
const signalOfShell: Readonly<Record<number, NodeJS.Signals>> = {
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
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
