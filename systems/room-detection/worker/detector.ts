/**
 * Runs detections one after another on a thread of their own, each within a time limit. A thread that dies or
 * does not answer fails the job it had in hand, not the worker; the next job gets a new thread.
 */
import { Worker } from 'node:worker_threads';
import type { Detection, DetectionReply, DetectionRequest } from './detection.ts';

/** The plan itself is at fault: another attempt cannot help. */
export class BadPlanError extends Error {
  override readonly name = 'BadPlanError';
}

interface Task {
  readonly request: DetectionRequest;
  readonly resolve: (detection: Detection) => void;
  readonly reject: (error: Error) => void;
}

export interface Detector {
  detect(jobId: string, plan: string): Promise<Detection>;
  close(): Promise<void>;
}

export interface DetectorOptions {
  readonly script: URL;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

export function createDetector(options: DetectorOptions): Detector {
  const waiting: Task[] = [];
  let thread: Worker | undefined;
  let current: Task | undefined;
  let timer: NodeJS.Timeout | undefined;
  let nextId = 1;

  const settle = (): Task | undefined => {
    const task = current;
    current = undefined;
    clearTimeout(timer);
    return task;
  };

  const failThread = (started: Worker, reason: string): void => {
    if (thread !== started) return;
    thread = undefined;
    settle()?.reject(new Error(reason));
    void started.terminate();
    next();
  };

  const start = (): Worker => {
    const started = new Worker(options.script, {
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMegabytes },
    });
    started.on('message', (reply: DetectionReply) => {
      if (current?.request.id !== reply.id) return;
      const task = settle();
      if (reply.kind === 'detected') task?.resolve(reply.detection);
      else if (reply.kind === 'bad-plan') task?.reject(new BadPlanError(reply.reason));
      else task?.reject(new Error(reply.reason));
      next();
    });
    started.on('error', (error) => failThread(started, `The detection stopped: ${error.message}`));
    started.on('exit', (code) => failThread(started, `The detection stopped with exit code ${code}.`));
    return started;
  };

  const next = (): void => {
    if (current !== undefined) return;
    current = waiting.shift();
    if (current === undefined) return;
    thread ??= start();
    const busy = thread;
    const { timeoutSeconds } = options;
    timer = setTimeout(
      () => failThread(busy, `The detection took more than ${timeoutSeconds} s.`),
      timeoutSeconds * 1000,
    );
    busy.postMessage(current.request);
  };

  return {
    detect: (jobId, plan) =>
      new Promise((resolve, reject) => {
        const id = nextId;
        nextId += 1;
        waiting.push({ request: { id, jobId, plan }, resolve, reject });
        next();
      }),
    close: async () => {
      const running = thread;
      thread = undefined;
      await running?.terminate();
    },
  };
}
