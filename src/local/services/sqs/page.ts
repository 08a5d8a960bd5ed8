import { paging } from '../../paging.ts';
import { AwsError } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import type { Queue } from './queue.ts';

const cut = paging({
  defaultLimit: 1000,
  invalidToken: () => new AwsError('InvalidParameterValue', 'The NextToken is not valid.'),
});

/** Pages of queues by name: without MaxResults the first 1,000 and no token, as on AWS. */
export function page(
  queues: readonly Queue[],
  token: string | undefined,
  max: number | undefined,
): { /** Left out when there are none, as on AWS. */ urls: string[] | undefined; next: string | undefined } {
  if (max !== undefined && (max < 1 || max > 1000))
    throw invalidParameter(max, 'MaxResults', 'MaxResults must be >= 1 and <= 1000.');
  if (token !== undefined && max === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      'MaxResults is a mandatory parameter when NextToken is given.',
    );
  const nameOf = ({ record }: Queue) => record.name;
  const sorted = queues.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const { items, next } = cut(sorted, token, max, nameOf);
  return {
    urls: items.length === 0 ? undefined : items.map(({ url }) => url),
    next: max === undefined ? undefined : next,
  };
}
