/**
 * Turns what is wrong with a template into one error that lists every problem with its place:
 * JSON path, logical id and, where the CDK left it, construct path.
 */
import { type ErrorCode, SlipwayError } from '../core/errors.ts';
import { lookup } from '../core/lookup.ts';
import type { Template, TemplateProblem } from './model.ts';

/** A problem before its place is worked out. */
export interface RawProblem {
  readonly message: string;
  readonly path: string;
  /** What CloudFormation does not say: the value found, what is known. */
  readonly detail?: string;
  /** CloudFormation would take it, Slipway does not. */
  readonly unsupported?: boolean;
}

/** A template that is refused, with what CloudFormation says of it, which names neither file nor place. */
export class TemplateError extends SlipwayError {
  readonly cloudFormationText: string;

  constructor(
    code: ErrorCode,
    message: string,
    cloudFormationText: string,
    options: { fix?: string; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.cloudFormationText = cloudFormationText;
  }
}

/** Adds the logical id and the construct path that a JSON path lies in. */
export function locate(
  { message, path, detail }: RawProblem,
  constructPaths: Readonly<Record<string, string>>,
): TemplateProblem {
  const problem = {
    message: detail === undefined ? message : `${message.replace(/\.$/, '')}: ${detail}`,
    path,
  };
  const [, section, logicalId] = path.split('/');
  if (section !== 'Resources' || logicalId === undefined) return problem;
  return { ...problem, logicalId, constructPath: lookup(constructPaths, logicalId) };
}

/** Of several problems CloudFormation tells the first; names that are not found it tells together. */
function textOf(problems: readonly RawProblem[]): string {
  const [first] = problems;
  if (first === undefined) return '';
  // Of what CloudFormation would take there is no text of its own, so that the place has to be told.
  if (first.unsupported) return problems.map(({ path, message }) => `${path}: ${message}`).join('\n');
  const [before, name, after] = split(first.message);
  if (name === undefined) return first.message;
  const alike = problems
    .map(({ message }) => split(message))
    .filter((one) => one[0] === before && one[2] === after);
  return `${before}${[...new Set(alike.map((one) => one[1]))].join(', ')}${after}`;
}

const split = (message: string): readonly [string, string?, string?] => {
  const [, before = message, name, after] =
    /^(.*Unresolved resource dependencies \[)([^\]]*)(\].*)$/.exec(message) ?? [];
  return [before, name, after];
};

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
  throw new TemplateError(
    code,
    lines.length === 1
      ? `${subject}${only}`
      : `${subject}the template has ${lines.length} problems:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    textOf(problems),
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
