/**
 * What becomes of a message whose job failed. Every failure gives the message back; the queue's redrive policy
 * counts the receives and moves it to the dead-letter queue. The last receive is the one that marks the job
 * `failed`, so that record and dead-letter queue agree.
 */
export interface Failure {
  readonly receiveCount: number;
  readonly maxReceiveCount: number;
  /** No other attempt can help (a bad plan): the remaining receives follow at once. */
  readonly permanent: boolean;
}

export interface Verdict {
  readonly markFailed: boolean;
  readonly visibleInSeconds: number;
}

const longestPause = 30;

export function judgeFailure(failure: Failure): Verdict {
  const last = failure.receiveCount >= failure.maxReceiveCount;
  // A last receive is given back at once as well: SQS moves a message when it would be received once more.
  if (last || failure.permanent) return { markFailed: last, visibleInSeconds: 0 };
  return { markFailed: false, visibleInSeconds: Math.min(longestPause, 2 ** (failure.receiveCount - 1)) };
}

/** Reads maxReceiveCount from a queue's RedrivePolicy attribute. */
export function maxReceiveCountOf(redrivePolicy: string | undefined): number | undefined {
  if (redrivePolicy === undefined) return undefined;
  try {
    const policy: unknown = JSON.parse(redrivePolicy);
    if (typeof policy !== 'object' || policy === null || !('maxReceiveCount' in policy)) return undefined;
    const count = Number(policy.maxReceiveCount);
    return Number.isSafeInteger(count) && count > 0 ? count : undefined;
  } catch {
    return undefined;
  }
}
