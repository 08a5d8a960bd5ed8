/** What went wrong and what to do about it, in the words that the page shows. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export const fail = (title: string, detail: string, advice: string): ProblemError =>
  new ProblemError({ title, detail, advice });

export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    title: 'Something went wrong on this page',
    detail: error instanceof Error ? error.message : String(error),
    advice: 'Reload the page; a running job is kept.',
  };
}
