/** Pages of queue names: without MaxResults the first 1,000 and no token, as on AWS. */
import { AwsError } from '../../service.ts';
import { invalidParameter } from './errors.ts';

export function page(
  all: readonly string[],
  token: string | undefined,
  max: number | undefined,
): { names: readonly string[]; next: string | undefined } {
  if (max !== undefined && (max < 1 || max > 1000))
    throw invalidParameter(max, 'MaxResults', 'MaxResults must be >= 1 and <= 1000.');
  if (token !== undefined && max === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      'MaxResults is a mandatory parameter when NextToken is given.',
    );
  const after = token === undefined ? '' : Buffer.from(token, 'base64url').toString();
  const rest = [...all].sort().filter((name) => name > after);
  const names = rest.slice(0, max ?? 1000);
  const last = names.at(-1);
  return {
    names,
    next:
      max !== undefined && last !== undefined && rest.length > names.length
        ? Buffer.from(last).toString('base64url')
        : undefined,
  };
}
