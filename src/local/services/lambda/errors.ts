/** Lambda's own errors. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
import { AwsError } from '../../service.ts';

export const invalidParameter = (message: string) =>
  new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });

export const notFound = (message: string) =>
  new AwsError('ResourceNotFoundException', message, 404, { Type: 'User' });

export const conflict = (message: string) =>
  new AwsError('ResourceConflictException', message, 409, { Type: 'User' });

export const preconditionFailed = () =>
  new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
    { Type: 'User' },
  );

export const tooManyRequests = (reason: string) =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
    Reason: reason,
    Type: 'User',
    retryAfterSeconds: '1',
  });
