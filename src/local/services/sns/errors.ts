/** SNS's errors. */
import { AwsError } from '../../service.ts';

export const invalid = (message: string) =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${message}`);
export const notFound = (what: string) => new AwsError('NotFoundException', `${what} does not exist`, 404);
