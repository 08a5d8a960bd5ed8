/** CloudWatch's errors. */
import { AwsError } from '../../service.ts';

export const invalid = (message: string) => new AwsError('InvalidParameterValueException', message);
export const combination = (message: string) => new AwsError('InvalidParameterCombinationException', message);
export const notFound = (message: string) => new AwsError('ResourceNotFound', message, 404);
export const validation = (message: string) => new AwsError('ValidationError', message);
