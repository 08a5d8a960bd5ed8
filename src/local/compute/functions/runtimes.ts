/**
 * What runs a function of a runtime on this machine: the interpreter of its version, or the one that stands in for it.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
import { type Interpreter, interpretersOf, type Language, pythonOrder } from '../interpreters.ts';

export interface RunnableRuntime {
  readonly language: Language | 'provided';
  /** Absent of an OS-only runtime: the bundle brings its own. */
  readonly interpreter?: Interpreter;
  /** Says which version stands in for which. */
  readonly standsIn?: string;
}

/** @returns a text: why it cannot be run here, as part of a sentence */
export function findRuntime(runtime: string): RunnableRuntime | string {
  const [, node] = /^nodejs(\d+)\.x$/.exec(runtime) ?? [];
  if (node !== undefined) return chosen(runtime, 'nodejs', 'Node.js', Number(node), 20);
  const [, python] = /^python(3\.\d+)$/.exec(runtime) ?? [];
  if (python !== undefined) return chosen(runtime, 'python', 'Python', pythonOrder(python), 308);
  if (runtime === 'provided.al2' || runtime === 'provided.al2023') return { language: 'provided' };
  return `the runtime ${runtime}; functions run on Node.js (nodejs20.x and later), Python (python3.8 and later), provided.al2 and provided.al2023`;
}

/** The version itself, else the nearest newer one, else the newest: what AWS adds to a language it seldom takes away. */
function chosen(
  runtime: string,
  language: Language,
  name: string,
  order: number,
  oldest: number,
): RunnableRuntime | string {
  const usable = interpretersOf(language).filter((one) => one.order >= oldest);
  const interpreter = usable.find((one) => one.order >= order) ?? usable.at(-1);
  if (!interpreter)
    return `the runtime ${runtime} here: there is no ${name} on this machine's PATH or where version managers keep it`;
  if (interpreter.order === order) return { language, interpreter };
  const standsIn = `${name} ${interpreter.version} stands in for ${runtime}`;
  return { language, interpreter, standsIn };
}
