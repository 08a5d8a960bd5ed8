import { paging } from '../../../paging.ts';
import { AwsError, operation } from '../../../service.ts';
import { describeMetadata, type SsmContext } from '../context.ts';

const page = paging({
  defaultLimit: 50,
  invalidToken: () => new AwsError('InvalidNextToken', 'The specified token is not valid.'),
});

/** Filters are refused. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters = (context: SsmContext) =>
  operation('ssm', 'DescribeParameters', {
    accepts: ['MaxResults', 'NextToken'],
    access: () => ({ action: 'ssm:DescribeParameters', resource: '*' }),
    handle({ MaxResults, NextToken }) {
      const { items, next } = page(
        [...context.parameters.values()],
        NextToken,
        MaxResults,
        ({ name }) => name,
      );
      return { Parameters: items.map((record) => describeMetadata(context, record)), NextToken: next };
    },
  });
