/**
 * A worker thread and its answers, in the order of the questions. A worker that breaks answers everything with why it
 * broke; nobody waits for one that is only loading.
 */
import { Worker } from 'node:worker_threads';
import type { Answer, Question, WorkerStart } from './worker.ts';
import { workerFile } from './worker-file.ts';

export interface ToolWorker {
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

export function openWorker(start: WorkerStart): ToolWorker {
  const waiting: ((answer: Answer) => void)[] = [];
  let gone: Answer | undefined;
  const end = (because: string): void => {
    gone ??= { outcome: 'failed', because };
    for (const answer of waiting.splice(0)) answer(gone);
  };
  const opened = workerFile().then(
    (file) => {
      // The CDK would print that old properties are deprecated; that is the app's business, not this report's.
      const env = { ...process.env, JSII_DEPRECATED: 'quiet' };
      const worker = new Worker(file, { workerData: start, env, execArgv: [] });
      worker.on('message', (answer: Answer) => {
        waiting.shift()?.(answer);
        if (waiting.length === 0) worker.unref();
      });
      worker.on('error', (error) => end(error.message));
      worker.on('exit', (code) => end(`its worker ended with code ${code}`));
      // Nobody waits for a worker that is only loading.
      worker.unref();
      return worker;
    },
    (error: unknown) => end(error instanceof Error ? error.message : String(error)),
  );
  return {
    async ask(question) {
      const worker = await opened;
      return new Promise<Answer>((resolve) => {
        if (gone !== undefined) return resolve(gone);
        if (worker === undefined)
          return resolve({ outcome: 'failed', because: 'its worker could not start' });
        waiting.push(resolve);
        worker.ref();
        worker.postMessage(question);
      });
    },
    async close() {
      const worker = await opened;
      await worker?.terminate();
    },
  };
}
