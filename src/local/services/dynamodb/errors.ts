/** DynamoDB's errors, with its own codes and texts. */
import { AwsError } from '../../service.ts';
import type { Item } from './values/types.ts';

export const validation = (message: string) => new AwsError('ValidationException', message);

/** The form most complaints about a parameter's value take. */
export const invalidParameter = (problem: string) =>
  validation(`One or more parameter values were invalid: ${problem}`);

/** What data operations say of a missing table. */
export const noResource = () => new AwsError('ResourceNotFoundException', 'Requested resource not found');

export const inUse = (message: string) => new AwsError('ResourceInUseException', message);

export const conditionFailed = (item?: Item) =>
  new AwsError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    400,
    item ? { Item: item } : undefined,
  );

/** AWS's words for a value outside a member's constraint. */
export const constraint = (value: unknown, member: string, rule: string) =>
  validation(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
