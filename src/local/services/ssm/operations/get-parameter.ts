import { operation } from '../../../service.ts';
import { describe, findParameter, notFound, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter = (context: SsmContext) =>
  operation('ssm', 'GetParameter', {
    // WithDecryption has no effect on String and StringList, on AWS too.
    accepts: 'all',
    access: ({ Name = '' }) => ({ action: 'ssm:GetParameter', resource: context.arn(Name) }),
    handle({ Name = '' }) {
      const found = findParameter(context, Name);
      if (!found) throw notFound(Name);
      return { Parameter: describe(context, found) };
    },
  });
