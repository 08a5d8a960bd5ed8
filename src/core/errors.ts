/**
 * The one error type that leaves a Slipway library.
 *
 * Wire errors (what an AWS client sees) are not these: they live with their service.
 */

/** Every code that can be thrown, with what it means. The reference page is generated from this table. */
export const errorCodes = {
  'template.unreadable': 'a template or cloud assembly could not be read or parsed',
  'template.invalid': 'a template breaks a rule of CloudFormation: unknown reference, cycle, wrong type',
  'template.unsupported': 'a template asks for something Slipway does not run',
  'local.port-taken': 'the port to listen on is in use',
  'local.state-in-use': 'the state folder belongs to a running local cloud',
  'local.state-unreadable': 'the state folder was written by something else, or by a newer Slipway',
  'local.state-damaged': 'files of the state folder were lost or damaged; nothing in it is changed',
  'local.invalid': 'the local cloud was given a value it does not take',
  'local.not-running': 'no local cloud runs on this state folder',
  'local.deploy-failed': 'a stack did not reach its complete state',
  'local.container-unsupported': 'a container image asks for something that cannot be run as a process',
  'local.image-build-failed': 'a step of a Dockerfile failed',
  'app.synth-failed': "the CDK app's own code failed while it was synthesized",
  'blocks.invalid': 'a block was given a value it does not take',
  'review.unreadable': 'a file that the review needs could not be read, or is not what it should be',
  'cli.usage': 'a command line was not understood',
  'cli.node-version': 'this Node.js is too old',
  internal: 'a bug in Slipway',
} as const;

export type ErrorCode = keyof typeof errorCodes;

export class SlipwayError extends Error {
  readonly code: ErrorCode;
  /** `user`: for the user to fix. `slipway`: a bug in Slipway. */
  readonly fault: 'user' | 'slipway';
  /** What to do about it, as one sentence. */
  readonly fix?: string;

  constructor(code: ErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SlipwayError';
    this.code = code;
    this.fault = code === 'internal' ? 'slipway' : 'user';
    this.fix = options.fix;
  }
}

/** What was under way, or came, while the cloud stopped: no fault of anybody. */
export class StoppingError extends Error {
  constructor() {
    super('the local cloud is stopping');
    this.name = 'StoppingError';
  }
}

/** ENOSPC and EDQUOT of the file system, and LMDB's own words for them. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /no space left on device|disk quota exceeded/i.test(error.message) ||
    isDiskFull(error.cause)
  );
}
