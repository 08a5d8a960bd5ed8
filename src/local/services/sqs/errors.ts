/** SQS's errors, with AWS's codes and texts. */
import { AwsError } from '../../service.ts';

export const queueDoesNotExist = () =>
  new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

export const invalidParameter = (value: unknown, name: string, reason: string) =>
  new AwsError('InvalidParameterValue', `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);

export const invalidAttributeValue = (name: string, reason = '') =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${reason && ` ${reason}`}`);

export const invalidAttributeName = (name: string) =>
  new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);

export const receiptHandleIsInvalid = (handle: string | undefined) =>
  new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );

export const overLimit = (message: string) => new AwsError('OverLimit', message, 403);

export const missingParameter = (name: string) =>
  new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
