/** What one outside tool gives to the review, and what is said of a tool that could not run. */
import type { RuleResult } from '../../finding.ts';
import type { ToolRun } from '../report.ts';
import type { Answer } from './worker.ts';

export interface ToolPart {
  readonly run: ToolRun;
  readonly results: readonly RuleResult[];
}

/** `missing`: what to do when the package is not installed. */
export function couldNotRun(
  { name, packs }: Pick<ToolRun, 'name' | 'packs'>,
  answer: Exclude<Answer<unknown>, { readonly outcome: 'ran' }>,
  missing: string,
): ToolPart {
  const because =
    answer.outcome === 'missing'
      ? missing
      : answer.outcome === 'later'
        ? answer.because
        : `it failed: ${answer.because}`;
  return {
    run: { name, outcome: 'could-not-run', rules: 0, packs, resources: 0, milliseconds: 0, because },
    results: [],
  };
}
