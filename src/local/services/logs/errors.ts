/** CloudWatch Logs' errors. */
import { AwsError } from '../../service.ts';

export const notFound = (what: 'group' | 'stream' | 'filter' | 'policy') =>
  new AwsError(
    'ResourceNotFoundException',
    what === 'filter' || what === 'policy'
      ? `The specified ${what === 'filter' ? 'metric filter' : 'resource policy'} does not exist.`
      : `The specified log ${what} does not exist.`,
  );

export const alreadyExists = (what: 'group' | 'stream') =>
  new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);

export const invalid = (message: string) => new AwsError('InvalidParameterException', message);
