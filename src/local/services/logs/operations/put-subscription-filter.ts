import { AwsError, operation, thrownBy } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';
import { invalid } from '../errors.ts';
import { parseFilterPattern } from '../filter-pattern.ts';
import { asGroup, destinationProblems } from '../subscriptions.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const largestNumber = 2;

/** `distribution` is of streams only. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html */
export const putSubscriptionFilter = (context: LogsContext) =>
  operation('logs', 'PutSubscriptionFilter', {
    accepts: ['logGroupName', 'filterName', 'filterPattern', 'destinationArn'],
    access: onGroup(context, 'PutSubscriptionFilter'),
    *problems({ filterPattern, destinationArn = '' }) {
      yield* destinationProblems(context, destinationArn);
      yield* thrownBy(() => parseFilterPattern(filterPattern));
    },
    async handle({ logGroupName = '', filterName = '', filterPattern = '', destinationArn = '' }) {
      const { env, logs } = context;
      await mayInvoke(context, logGroupName, destinationArn);
      const group = findGroup(context, { logGroupName });
      const before = group.subscriptions.get(filterName);
      if (!before && group.subscriptions.size >= largestNumber)
        throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
      logs.putSubscription(group, {
        name: filterName,
        pattern: filterPattern,
        destinationArn,
        createdAt: before?.createdAt ?? env.clock.now(),
      });
      return {};
    },
  });

/** AWS tries the function before it keeps the filter; here the same is asked without running it. */
async function mayInvoke(context: LogsContext, logGroupName: string, FunctionName: string): Promise<void> {
  const as = asGroup(context, logGroupName);
  try {
    await as('lambda', 'Invoke', { FunctionName, InvocationType: 'DryRun' });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid(
      'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
    );
  }
}
