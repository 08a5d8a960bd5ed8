/**
 * The outside tools: cdk-nag and AWS's cloudformation-validate, each in a worker thread that loads while something else
 * goes on (synthesizing, our own rules). A tool that is not installed, or breaks, is reported in `runs`; it
 * never fails a review.
 */

import type { Architecture } from '../../../architecture/index.ts';
import type { RuleResult } from '../../finding.ts';
import type { ToolRun } from '../report.ts';
import { answerCache, noCache } from './answer-cache.ts';
import { buildInBackground, isBuilt } from './background-build.ts';
import { nagResults } from './nag.ts';
import type { NagOutput, NagPackName } from './nag-run.ts';
import { plainTemplates } from './plain-template.ts';
import { openWorker, type ToolWorker } from './tool-worker.ts';
import { validateResults, withoutRules } from './validate.ts';
import type { ValidateOutput } from './validate-run.ts';
import type { Answer, Question } from './worker.ts';

export { mergeFindings, mergeResults } from './merge.ts';
export type { NagPackName } from './nag-run.ts';
export { sameProblems } from './same-problem.ts';

interface ToolsOptions {
  /**
   * Folder of the app. Its own cdk-nag is preferred to one beside Slipway; cloudformation-validate comes with Slipway.
   */
  readonly appFolder?: string;
  /** Where answers are kept for templates that have not changed, and built engines. Default: nowhere. */
  readonly cacheFolder?: string;
  /** Default: AwsSolutions. An empty list leaves cdk-nag out. */
  readonly nagPacks?: readonly NagPackName[];
  /** Default: true. */
  readonly validate?: boolean;
  /**
   * Whether a review waits while the engine of cloudformation-validate is built, which takes seconds once on a machine.
   * Otherwise it is built in the background, and the review says that it has no findings of it. Default: true.
   */
  readonly waitForEngine?: boolean;
}

export interface ToolResults {
  /** One per rule that a tool ran. */
  readonly results: readonly RuleResult[];
  readonly runs: readonly ToolRun[];
}

interface Tools {
  /** Begins to load what is not in the cache's reach anyway: before a synth, or anything else that takes time. */
  start(): void;
  check(app: Architecture): Promise<ToolResults>;
  /** Ends the workers. */
  close(): Promise<void>;
}

export function openTools({
  appFolder,
  cacheFolder,
  nagPacks = ['AwsSolutions'],
  validate = true,
  waitForEngine = true,
}: ToolsOptions = {}): Tools {
  const placesOf: Record<Question['tool'], readonly string[]> = {
    'cdk-nag': [...(appFolder === undefined ? [] : [appFolder]), import.meta.url],
    'cloudformation-validate': [import.meta.url],
  };
  const cache = cacheFolder === undefined ? noCache : answerCache(cacheFolder, placesOf);
  const workers = new Map<Question['tool'], ToolWorker>();
  const workerOf = (tool: Question['tool']): ToolWorker => {
    const worker =
      workers.get(tool) ??
      openWorker({ tool, from: placesOf[tool], ...(cacheFolder === undefined ? {} : { cacheFolder }) });
    workers.set(tool, worker);
    return worker;
  };
  const ask = async <Output>(question: Question): Promise<Answer<Output>> => {
    const known = cache.read(question);
    const answer = known ?? (await laterAnswer(question)) ?? (await workerOf(question.tool).ask(question));
    if (known === undefined) cache.write(question, answer);
    // A worker answers with its own tool's output: see worker.ts.
    return answer as Answer<Output>;
  };
  const laterAnswer = async ({ tool }: Question): Promise<Answer | undefined> => {
    if (tool !== 'cloudformation-validate' || waitForEngine || cacheFolder === undefined) return undefined;
    try {
      if (isBuilt(placesOf[tool], cacheFolder)) return undefined;
    } catch {
      // Not installed: its worker says so.
      return undefined;
    }
    await buildInBackground(placesOf[tool], cacheFolder);
    return { outcome: 'later', because: engineLater };
  };
  const useNag = nagPacks.length > 0;
  return {
    start() {
      if (validate) workerOf('cloudformation-validate');
      if (useNag) workerOf('cdk-nag');
    },
    async check(app) {
      const parts = await Promise.all([
        validate && ask<ValidateOutput>(validateQuestion(app)).then((answer) => validateResults(app, answer)),
        useNag &&
          ask<NagOutput>({
            tool: 'cdk-nag',
            input: { from: placesOf['cdk-nag'], packs: nagPacks, templates: plainTemplates(app) },
          }).then((answer) => nagResults(app, answer, nagPacks)),
      ]);
      const ran = parts.filter((part) => part !== false).reverse();
      return { results: ran.flatMap(({ results }) => results), runs: ran.map(({ run }) => run) };
    },
    async close() {
      await Promise.all([...workers.values()].map((worker) => worker.close()));
      workers.clear();
    },
  };
}

const engineLater =
  'its engine is being built in the background, once on this machine; the next review has its findings ' +
  '(--no-cache, a document by --format or --output, and CI wait for it)';

const validateQuestion = (app: Architecture): Question => ({
  tool: 'cloudformation-validate',
  input: {
    without: withoutRules,
    templates: app.stacks.map(({ name, region, accountId, template }) => ({
      stack: name,
      region,
      accountId,
      text: JSON.stringify(template.body),
    })),
  },
});

/** Opens the tools, asks them once, and closes them. */
export async function runTools(app: Architecture, options: ToolsOptions = {}): Promise<ToolResults> {
  const tools = openTools(options);
  try {
    return await tools.check(app);
  } finally {
    await tools.close();
  }
}
