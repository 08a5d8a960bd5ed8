/** SNS's errors, with AWS's codes and texts. */
import { AwsError } from '../../service.ts';

export const invalid = (message: string) =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${message}`);
/** Of a message's attributes. */
export const invalidValue = (message: string) => new AwsError('InvalidParameterValueException', message);
export const notFound = (what: string) => new AwsError('NotFoundException', `${what} does not exist`, 404);

/** Repeats an error of an attribute as CreateTopic and Subscribe word it, which take several. */
export function amongAttributes<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      error.code,
      error.message.replace(/^Invalid parameter: /, 'Invalid parameter: Attributes Reason: '),
    );
  }
}
