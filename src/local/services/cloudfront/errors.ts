/** CloudFront's errors, with its codes, status and texts. */
import { AwsError } from '../../service.ts';

export const invalidArgument = (message: string) => new AwsError('InvalidArgument', message, 400);

export const noSuchDistribution = () =>
  new AwsError('NoSuchDistribution', 'The specified distribution does not exist.', 404);

export const noSuchFunction = (name: string) =>
  new AwsError('NoSuchFunctionExists', `The specified function does not exist: ${name}.`, 404);

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html */
export function checkIfMatch(given: string | undefined, current: string): void {
  if (given === undefined || given === '')
    throw new AwsError(
      'InvalidIfMatchVersion',
      'The If-Match version is missing or not valid for the resource.',
      400,
    );
  if (given !== current)
    throw new AwsError(
      'PreconditionFailed',
      `The request failed because it didn't meet the preconditions in one or more request-header fields: If-Match is ${given}, the current ETag is ${current}.`,
      412,
    );
}
