/** DescribeStackEvents, and DescribeEvents, its successor, which the cdk CLI asks after a failed change set. */
import { invalid } from './errors.ts';

export const pageSize = 100;

export const positionBefore = (token: string | undefined): number | undefined => {
  if (token === undefined) return undefined;
  const seq = Number(token);
  if (!Number.isInteger(seq)) throw invalid(`NextToken ${token} is not one that was given out`);
  return seq;
};
