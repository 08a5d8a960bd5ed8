/** What the two kinds of transaction share: the errors of single actions, told as reasons of the whole. */
import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { AwsError, hasCode } from '../../service.ts';
import { validation } from './errors.ts';

export const cancelled = (reasons: readonly CancellationReason[]) =>
  new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    400,
    { CancellationReasons: reasons },
  );

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const reasonCodes: Readonly<Record<string, string>> = {
  ValidationException: 'ValidationError',
  ProvisionedThroughputExceededException: 'ProvisionedThroughputExceeded',
  ThrottlingException: 'ThrottlingError',
};

/** Does for every action what needs its table; the first that does not fit cancels, and no further one is looked at. */
export const cancelledBy = <T, R>(actions: readonly T[], work: (action: T) => R): R[] =>
  actions.map((action, at) => {
    try {
      return work(action);
    } catch (error) {
      const code = hasCode(error, ...Object.keys(reasonCodes)) ? reasonCodes[error.code] : undefined;
      if (code === undefined) throw error;
      const Message = error instanceof Error ? error.message : undefined;
      throw cancelled(actions.map((_, i) => (i === at ? { Code: code, Message } : { Code: 'None' })));
    }
  });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const largestTransaction = 4 * 1024 * 1024;

export function checkTransactionSize(bytes: number): void {
  if (bytes > largestTransaction) throw validation('Transaction payload size cannot exceed 4 MB');
}
