/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/CommonErrors.html and the pages of the operations */
import { AwsError } from '../../service.ts';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const typeNotFound = (type: string): AwsError =>
  new AwsError('TypeNotFoundException', `The type '${type}' cannot be found.`, 404);

export const notFound = (type: string, identifier: string): AwsError =>
  new AwsError(
    'ResourceNotFoundException',
    `Resource of type '${type}' with identifier '${identifier}' was not found.`,
    404,
  );

export const unknownToken = (token: string): AwsError =>
  new AwsError('RequestTokenNotFoundException', `Request with token ${token} was not found`, 404);

export const tokenTaken = (token: string): AwsError =>
  new AwsError(
    'ClientTokenConflictException',
    `The client token ${token} has already been used in another resource request.`,
    409,
  );

export const underWay = (type: string, identifier: string): AwsError =>
  new AwsError(
    'ConcurrentOperationException',
    `Another resource operation is currently being performed on the resource of type '${type}' with identifier '${identifier}'.`,
    409,
  );

export const cannot = (type: string, action: string): AwsError =>
  new AwsError('UnsupportedActionException', `Resource type ${type} does not support ${action} action`, 405);
