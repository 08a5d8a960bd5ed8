import { paging } from '../../../paging.ts';
import { AwsError, operation } from '../../../service.ts';
import { describeMetadata, findParameter, notFound, type SsmContext, versionsOf } from '../context.ts';

const page = paging({
  defaultLimit: 50,
  invalidToken: () => new AwsError('InvalidNextToken', 'The specified token is not valid.'),
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
export const getParameterHistory = (context: SsmContext) =>
  operation('ssm', 'GetParameterHistory', {
    accepts: 'all',
    access: ({ Name = '' }) => ({ action: 'ssm:GetParameterHistory', resource: context.arn(Name) }),
    handle({ Name = '', MaxResults, NextToken }) {
      const found = findParameter(context, Name);
      if (!found) throw notFound(Name);
      const { items, next } = page(versionsOf(context, found.record.name), NextToken, MaxResults);
      return {
        Parameters: items.map((record) => ({
          ...describeMetadata(context, record),
          Value: record.value,
          Labels: [...(record.labels ?? [])],
        })),
        NextToken: next,
      };
    },
  });
