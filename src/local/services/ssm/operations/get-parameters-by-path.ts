import type { GetParametersByPathCommandInput, GetParametersByPathResult } from '@aws-sdk/client-ssm';
import { operation } from '../../../service.ts';
import { describe, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export const getParametersByPath = (context: SsmContext) =>
  operation<GetParametersByPathCommandInput, GetParametersByPathResult>({
    name: 'GetParametersByPath',
    accepts: ['Path', 'Recursive', 'WithDecryption', 'MaxResults', 'NextToken'],
    access: ({ Path = '/' }) => ({ action: 'ssm:GetParametersByPath', resource: context.arn(Path) }),
    handle({ Path = '/', Recursive = false, MaxResults = 10, NextToken }) {
      const prefix = Path.endsWith('/') ? Path : `${Path}/`;
      const matches = [...context.parameters.values()].filter(
        ({ name }) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/')),
      );
      const start = NextToken ? matches.findIndex(({ name }) => name > NextToken) : 0;
      const page = start < 0 ? [] : matches.slice(start, start + MaxResults);
      const last = page.at(-1);
      return {
        Parameters: page.map((record) => describe(context, record)),
        ...(last && last !== matches.at(-1) ? { NextToken: last.name } : {}),
      };
    },
  });
