/** What can be wrong with a policy document, and the small readers that say so. */
export interface PolicyProblem {
  /** JSON pointer: `/Statement/0/Condition/StringEqual`. */
  readonly path: string;
  readonly message: string;
}

/** What IAM answers as `MalformedPolicyDocument`, S3 as `MalformedPolicy`. */
export class PolicyError extends Error {
  readonly code = 'MalformedPolicyDocument';
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(
      problems.map(({ path, message }) => (path === '' ? message : `${message} (at ${path})`)).join('; '),
    );
    this.name = 'PolicyError';
    this.problems = problems;
  }
}

export type Report = (path: string, message: string) => void;

export type Dictionary = Readonly<Record<string, unknown>>;

export const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The strings of a one-or-many element; reports and leaves out anything else. */
export function strings(value: unknown, path: string, report: Report): readonly string[] {
  if (Array.isArray(value) && value.length === 0)
    report(path, 'Syntax errors in policy. There is an empty list.');
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => {
    const fine = typeof one === 'string' && one !== '';
    if (!fine) report(path, `Syntax errors in policy. ${JSON.stringify(one)} is not a non-empty string.`);
    return fine;
  });
}
