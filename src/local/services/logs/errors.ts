/** CloudWatch Logs' errors. */
import { AwsError } from '../../service.ts';

const names = {
  group: 'log group',
  stream: 'log stream',
  filter: 'metric filter',
  subscription: 'subscription filter',
  policy: 'resource policy',
};

export const notFound = (what: keyof typeof names) =>
  new AwsError('ResourceNotFoundException', `The specified ${names[what]} does not exist.`);

export const alreadyExists = (what: 'group' | 'stream') =>
  new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);

export const invalid = (message: string) => new AwsError('InvalidParameterException', message);
