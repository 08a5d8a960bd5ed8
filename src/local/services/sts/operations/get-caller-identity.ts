import { operation } from '../../../service.ts';
import type { StsContext } from '../context.ts';

/** Needs no permission. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity = (_: StsContext) =>
  operation('sts', 'GetCallerIdentity', {
    accepts: 'all',
    access: () => [],
    handle: (_, { caller }) => ({
      UserId: caller.userId ?? caller.accountId,
      Account: caller.accountId,
      Arn: caller.arn,
    }),
  });
