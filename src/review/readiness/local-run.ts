/**
 * What was measured on a machine before launch, as JSON that any test suite can write. Every field may be absent; what
 * is absent proves nothing. Refuses unknown fields and values of the wrong kind, by name.
 */
export interface LocalRun {
  /** `YYYY-MM-DD`. */
  readonly measuredAt: string;
  /** What measured it: the command. */
  readonly by: string;
  /** Units of work that were run end to end. */
  readonly jobs?: { readonly run: number; readonly completed: number; readonly failed: number };
  /** Milliseconds by route or job type, beside the objective. */
  readonly latencies?: readonly {
    readonly what: string;
    readonly p95Ms: number;
    readonly objectiveMs?: number;
  }[];
  readonly load?: {
    readonly requestsPerSecond: number;
    readonly seconds: number;
    readonly errors: number;
  };
  /** Faults that were injected on purpose. */
  readonly faults?: readonly {
    readonly what: string;
    readonly recovered: boolean;
    readonly seconds?: number;
  }[];
  /** Kills and restarts, and whether acknowledged work was still there. */
  readonly restarts?: readonly { readonly what: string; readonly kept: boolean }[];
  /** Backups that were restored. */
  readonly restores?: readonly {
    readonly what: string;
    readonly seconds: number;
    readonly complete: boolean;
  }[];
  /** Logical ids of alarms that were made to fire. */
  readonly alarmsFired?: readonly string[];
  /** Calls that IAM denied though the application needed them. */
  readonly denials?: number;
}

type Kind = 'text' | 'number' | 'flag' | 'texts';
interface Shape {
  readonly [field: string]: Kind | readonly [Shape] | Shape;
}

const shape: Shape = {
  measuredAt: 'text',
  by: 'text',
  jobs: { run: 'number', completed: 'number', failed: 'number' },
  latencies: [{ what: 'text', p95Ms: 'number', objectiveMs: 'number' }],
  load: { requestsPerSecond: 'number', seconds: 'number', errors: 'number' },
  faults: [{ what: 'text', recovered: 'flag', seconds: 'number' }],
  restarts: [{ what: 'text', kept: 'flag' }],
  restores: [{ what: 'text', seconds: 'number', complete: 'flag' }],
  alarmsFired: 'texts',
  denials: 'number',
};

const topNeeds = new Set(['measuredAt', 'by']);
const mayBeAbsent = new Set(['latencies.objectiveMs', 'faults.seconds']);

export function readLocalRun(
  text: string,
): { readonly run: LocalRun } | { readonly problems: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [`it is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const problems: string[] = [];
  verify(value, shape, '', problems, true);
  if (problems.length > 0) return { problems };
  // Verified field by field above.
  return { run: value as LocalRun };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function verify(value: unknown, expected: Shape, path: string, problems: string[], top = false): void {
  if (!isObject(value)) {
    problems.push(`${path || 'the file'} is ${describe(value)}, expected an object`);
    return;
  }
  for (const key of Object.keys(value))
    if (!Object.hasOwn(expected, key))
      problems.push(`${path}${key} is not a field; known are ${Object.keys(expected).join(', ')}`);
  for (const [key, kind] of Object.entries(expected)) {
    const found = value[key];
    const here = `${path}${key}`;
    if (found === undefined) {
      const isNeeded = top ? topNeeds.has(key) : !mayBeAbsent.has(`${path.split('.')[0]}.${key}`);
      if (isNeeded) problems.push(`${here} is missing`);
    } else if (typeof kind === 'string') {
      if (!isKind(found, kind)) problems.push(`${here} is ${describe(found)}, expected ${words[kind]}`);
    } else if (isListShape(kind)) {
      if (!Array.isArray(found)) problems.push(`${here} is ${describe(found)}, expected a list`);
      else for (const [index, item] of found.entries()) verify(item, kind[0], `${here}.${index}.`, problems);
    } else verify(found, kind, `${here}.`, problems);
  }
}

const isListShape = (kind: readonly [Shape] | Shape): kind is readonly [Shape] => Array.isArray(kind);
const words: Readonly<Record<Kind, string>> = {
  text: 'a text',
  number: 'a number of 0 or more',
  flag: 'true or false',
  texts: 'a list of texts',
};

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === 'text') return typeof value === 'string' && value !== '';
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) && value >= 0;
  if (kind === 'flag') return typeof value === 'boolean';
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

const describe = (value: unknown): string =>
  value === undefined ? 'missing' : (JSON.stringify(value)?.slice(0, 60) ?? typeof value);
