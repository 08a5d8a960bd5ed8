/**
 * The outside tools: cdk-nag and AWS's cloudformation-validate, each in a worker thread that loads while something else
 * goes on (reading, synthesizing, our own rules). A tool that is not installed, or breaks, is reported in `runs`; it
 * never fails a review.
 */
import { Worker } from 'node:worker_threads';
import type { RuleResult } from '../../finding.ts';
import type { Subject } from '../../subject/index.ts';
import type { ToolRun } from '../report.ts';
import { nagResults } from './nag.ts';
import type { NagOutput, NagPackName } from './nag-run.ts';
import { plainTemplates } from './plain-template.ts';
import { validateResults, withoutRules } from './validate.ts';
import type { ValidateOutput } from './validate-run.ts';
import type { Answer, Question, WorkerStart } from './worker.ts';
import { workerFile } from './worker-file.ts';

export { mergeFindings, sameProblem } from './merge.ts';
export type { NagPackName } from './nag-run.ts';
export { nagPacks } from './nag-run.ts';

export interface ToolsOptions {
  /** Where the packages are looked for when they are not beside Slipway: the app's folder. */
  readonly appFolder?: string;
  /** Default: AwsSolutions. An empty list leaves cdk-nag out. */
  readonly nagPacks?: readonly NagPackName[];
  /** Default: true. */
  readonly validate?: boolean;
}

export interface ToolResults {
  /** One per rule that a tool ran. */
  readonly results: readonly RuleResult[];
  readonly runs: readonly ToolRun[];
}

export interface Tools {
  check(subject: Subject): Promise<ToolResults>;
  /** Ends the workers. */
  close(): Promise<void>;
}

/** Starts to load the tools at once: open them first, ask them last. */
export function openTools({
  appFolder,
  nagPacks = ['AwsSolutions'],
  validate = true,
}: ToolsOptions = {}): Tools {
  const from = [import.meta.url, ...(appFolder === undefined ? [] : [appFolder])];
  const nag = nagPacks.length === 0 ? undefined : openWorker({ tool: 'cdk-nag', from });
  const validator = validate ? openWorker({ tool: 'cloudformation-validate', from }) : undefined;
  return {
    async check(subject) {
      const [fromNag, fromValidate] = await Promise.all([
        nag?.ask<NagOutput>(() => ({
          tool: 'cdk-nag',
          input: { from, packs: nagPacks, templates: plainTemplates(subject) },
        })),
        validator?.ask<ValidateOutput>(() => ({
          tool: 'cloudformation-validate',
          input: {
            without: withoutRules,
            templates: subject.stacks.map(({ name, region, accountId, template }) => ({
              stack: name,
              region,
              accountId,
              text: JSON.stringify(template.body),
            })),
          },
        })),
      ]);
      const parts = [
        ...(fromNag === undefined ? [] : [nagResults(subject, fromNag, nagPacks)]),
        ...(fromValidate === undefined ? [] : [validateResults(subject, fromValidate)]),
      ];
      return { results: parts.flatMap(({ results }) => results), runs: parts.map(({ run }) => run) };
    },
    async close() {
      await Promise.all([nag?.close(), validator?.close()]);
    },
  };
}

/** Opens the tools, asks them once, and closes them. */
export async function runTools(subject: Subject, options: ToolsOptions = {}): Promise<ToolResults> {
  const tools = openTools(options);
  try {
    return await tools.check(subject);
  } finally {
    await tools.close();
  }
}

interface ToolWorker {
  ask<Output>(question: () => Question): Promise<Answer<Output>>;
  close(): Promise<void>;
}

/** Answers come in the order of the questions. A worker that breaks answers everything with why it broke. */
function openWorker(start: WorkerStart): ToolWorker {
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
    async ask<Output>(question: () => Question): Promise<Answer<Output>> {
      const worker = await opened;
      const answer = await new Promise<Answer>((resolve) => {
        if (gone !== undefined) return resolve(gone);
        if (worker === undefined)
          return resolve({ outcome: 'failed', because: 'its worker could not start' });
        waiting.push(resolve);
        worker.ref();
        worker.postMessage(question());
      });
      // The worker answers with its own tool's output: see worker.ts.
      return answer as Answer<Output>;
    },
    async close() {
      const worker = await opened;
      await worker?.terminate();
    },
  };
}
