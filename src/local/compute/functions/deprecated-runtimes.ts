/** The runtimes that run functions of deprecated ones of their language, as the user chose them. */

import { blockedSince, currentRuntimes, isRuntime } from './runtime-dates.ts';
import { findRuntime } from './runtimes.ts';

/** `nodejs14.x` → `nodejs`, `java8.al2` → `java`, `dotnetcore3.1` → `dotnet`, `go1.x` → `provided`. */
const language = (runtime: string): string =>
  (/^[a-z]+/.exec(runtime)?.[0] ?? '').replace(/^dotnetcore$/, 'dotnet').replace(/^go$/, 'provided');

/** What runs a runtime. Undefined: nothing was chosen for its language. */
export const chosenFor = (runtime: string, chosen: readonly string[]): string | undefined =>
  chosen.find((one) => language(one) === language(runtime));

/** Why a runtime cannot run the functions of others; undefined when it can. */
export function substituteProblem(runtime: string, now: number): string | undefined {
  if (!isRuntime(runtime))
    return `${runtime} is no runtime of AWS Lambda; those that it takes are ${currentRuntimes(now).join(', ')}`;
  const since = blockedSince(runtime, 'create', now);
  if (since !== undefined) return `AWS takes ${runtime} itself no longer, since ${since}`;
  const found = findRuntime(runtime);
  return typeof found === 'string' ? `Slipway does not support ${found}` : undefined;
}
