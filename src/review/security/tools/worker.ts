/**
 * A worker thread that holds one outside tool: it loads the tool at once, then answers one message after the other.
 * A tool that is not installed is an answer, not an error.
 */
import { setPriority } from 'node:os';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { buildingMark, discard } from './engine-image.ts';
import { type NagInput, type NagOutput, runNagPacks } from './nag-run.ts';
import { isNotFound } from './require-first.ts';
import { openValidateEngine, type ValidateInput, type ValidateOutput } from './validate-run.ts';

export interface WorkerStart {
  readonly tool: 'cdk-nag' | 'cloudformation-validate';
  readonly from: readonly string[];
  /** Where a tool may keep what it builds. Default: nowhere. */
  readonly cacheFolder?: string;
}

export type Question =
  | { readonly tool: 'cdk-nag'; readonly input: NagInput }
  | { readonly tool: 'cloudformation-validate'; readonly input: ValidateInput };

export type Answer<Output = NagOutput | ValidateOutput> =
  | { readonly outcome: 'ran'; readonly output: Output; readonly milliseconds: number }
  | { readonly outcome: 'missing' | 'failed' | 'later'; readonly because: string };

type Tool = (question: Question) => NagOutput | ValidateOutput;

function open({ tool, from, cacheFolder }: WorkerStart): Tool {
  if (tool === 'cdk-nag') {
    // The rules load the CDK's classes when they see their first resource: one of ours, before the question comes.
    const text = JSON.stringify({
      Resources: { Warm: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
    });
    const templates = [{ stack: 'warm', text, logicalIds: ['Warm'], parameters: {} }];
    runNagPacks({ from, packs: ['AwsSolutions'], templates });
    return (question) => {
      if (question.tool !== tool) throw new Error(`asked for ${question.tool}`);
      return runNagPacks(question.input);
    };
  }
  const engine = openValidateEngine(from, cacheFolder);
  return (question) => {
    if (question.tool !== tool) throw new Error(`asked for ${question.tool}`);
    return engine.run(question.input);
  };
}

// Started as a process of its own: build the engine, keep it, and end (background-build.ts).
const [, , asked] = process.argv;
if (isMainThread && asked !== undefined) {
  // Only buildInBackground starts this file so.
  const start = JSON.parse(asked) as WorkerStart;
  setPriority(10);
  try {
    open(start);
  } finally {
    if (start.cacheFolder !== undefined) discard(buildingMark(start.cacheFolder));
  }
}

const port = parentPort;
if (port !== null) {
  // workerData is untyped; only openWorker in tools.ts starts this file.
  const start = workerData as WorkerStart;
  const attempt = <T>(work: () => T): T | Answer => {
    try {
      return work();
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      return { outcome: isNotFound(error) ? 'missing' : 'failed', because };
    }
  };
  const tool = attempt(() => open(start));
  // The first answer took the loading too.
  let loading = performance.now();
  port.on('message', (question: Question) => {
    const begun = performance.now();
    const answer =
      typeof tool !== 'function'
        ? tool
        : attempt((): Answer => {
            const output = tool(question);
            const milliseconds = performance.now() - begun + loading;
            loading = 0;
            return { outcome: 'ran', output, milliseconds };
          });
    port.postMessage(answer);
  });
}
