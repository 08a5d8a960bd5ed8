/**
 * Turns what is wrong with a template into one error that lists every problem with its place:
 * JSON path, logical id and, where the CDK left it, construct path.
 */
import { SlipwayError } from '../core/errors.ts';
import { isObject, isString, type Json } from './json.ts';
import type { TemplateProblem } from './model.ts';

/** A problem before its place is worked out. */
export interface RawProblem {
  readonly message: string;
  readonly path: string;
  /** CloudFormation would take it, Slipway does not. */
  readonly unsupported?: boolean;
}

/** Adds the logical id and the construct path that a JSON path lies in. */
export function locate(problem: RawProblem, body: Json): TemplateProblem {
  const [, section, logicalId] = problem.path.split('/');
  if (section !== 'Resources' || logicalId === undefined) return problem;
  return { ...problem, logicalId, constructPath: constructPathIn(body, logicalId) };
}

function constructPathIn(body: Json, logicalId: string): string | undefined {
  const resources = isObject(body) ? body.Resources : undefined;
  const resource =
    isObject(resources) && Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
  const metadata = isObject(resource) ? resource.Metadata : undefined;
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return isString(path) ? path : undefined;
}

export function formatProblem(problem: TemplateProblem): string {
  const place = problem.path === '' ? '' : `${problem.path}: `;
  const construct = problem.constructPath === undefined ? '' : ` (construct ${problem.constructPath})`;
  return `${place}${problem.message}${construct}`;
}

/** Throws `template.invalid` (or `template.unsupported`, when that is all there is) unless the list is empty. */
export function throwProblems(
  problems: readonly RawProblem[],
  template: { readonly body: Json; readonly source?: string },
): void {
  if (problems.length === 0) return;
  const code = problems.every((problem) => problem.unsupported) ? 'template.unsupported' : 'template.invalid';
  const lines = problems.map((problem) => formatProblem(locate(problem, template.body)));
  const subject = template.source === undefined ? '' : `${template.source}: `;
  const [only] = lines;
  throw new SlipwayError(
    code,
    lines.length === 1
      ? `${subject}${only}`
      : `${subject}the template has ${lines.length} problems:\n${lines.map((line) => `  ${line}`).join('\n')}`,
  );
}
