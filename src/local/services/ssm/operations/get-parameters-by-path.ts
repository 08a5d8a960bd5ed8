import { paging } from '../../../paging.ts';
import { AwsError, operation } from '../../../service.ts';
import { describe, type SsmContext } from '../context.ts';

const page = paging({
  defaultLimit: 10,
  invalidToken: () => new AwsError('InvalidNextToken', 'The specified token is not valid.'),
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export const getParametersByPath = (context: SsmContext) =>
  operation('ssm', 'GetParametersByPath', {
    accepts: ['Path', 'Recursive', 'WithDecryption', 'MaxResults', 'NextToken'],
    access: ({ Path = '/' }) => ({ action: 'ssm:GetParametersByPath', resource: context.arn(Path) }),
    handle({ Path = '/', Recursive = false, MaxResults, NextToken }) {
      const prefix = Path.endsWith('/') ? Path : `${Path}/`;
      const matches = [...context.parameters.values()].filter(
        ({ name }) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/')),
      );
      const { items, next } = page(matches, NextToken, MaxResults, ({ name }) => name);
      return { Parameters: items.map((record) => describe(context, { record })), NextToken: next };
    },
  });
