/**
 * Turns what is wrong with a template into one error that lists every problem with its place:
 * JSON path, logical id and, where the CDK left it, construct path.
 */
import { SlipwayError } from '../core/errors.ts';
import { lookup } from './lookup.ts';
import type { Template, TemplateProblem } from './model.ts';

/** A problem before its place is worked out. */
export interface RawProblem {
  readonly message: string;
  readonly path: string;
  /** CloudFormation would take it, Slipway does not. */
  readonly unsupported?: boolean;
}

/** Adds the logical id and the construct path that a JSON path lies in. */
export function locate(
  problem: RawProblem,
  constructPaths: Readonly<Record<string, string>>,
): TemplateProblem {
  const [, section, logicalId] = problem.path.split('/');
  if (section !== 'Resources' || logicalId === undefined) return problem;
  return { ...problem, logicalId, constructPath: lookup(constructPaths, logicalId) };
}

export function formatProblem(problem: TemplateProblem): string {
  const place = problem.path === '' ? '' : `${problem.path}: `;
  const construct = problem.constructPath === undefined ? '' : ` (construct ${problem.constructPath})`;
  return `${place}${problem.message}${construct}`;
}

/** Throws `template.invalid` (or `template.unsupported`, when that is all there is) unless the list is empty. */
function throwProblems(
  problems: readonly RawProblem[],
  template: Pick<Template, 'constructPaths' | 'source'>,
): void {
  if (problems.length === 0) return;
  const code = problems.every((problem) => problem.unsupported) ? 'template.unsupported' : 'template.invalid';
  const lines = problems.map((problem) => formatProblem(locate(problem, template.constructPaths)));
  const subject = template.source === undefined ? '' : `${template.source}: `;
  const [only] = lines;
  throw new SlipwayError(
    code,
    lines.length === 1
      ? `${subject}${only}`
      : `${subject}the template has ${lines.length} problems:\n${lines.map((line) => `  ${line}`).join('\n')}`,
  );
}

/** Hands each problem to `tolerate`, or throws them all as one error when nobody tolerates them. */
export function reportProblems(
  problems: readonly RawProblem[],
  template: Pick<Template, 'constructPaths' | 'source'>,
  tolerate: ((problem: TemplateProblem) => void) | undefined,
): void {
  if (tolerate === undefined) throwProblems(problems, template);
  else for (const problem of problems) tolerate(locate(problem, template.constructPaths));
}
