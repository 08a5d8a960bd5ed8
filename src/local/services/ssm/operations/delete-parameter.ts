import { operation } from '../../../service.ts';
import { deleteParameter as forget, notFound, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export const deleteParameter = (context: SsmContext) =>
  operation('ssm', 'DeleteParameter', {
    accepts: 'all',
    access: ({ Name = '' }) => ({ action: 'ssm:DeleteParameter', resource: context.arn(Name) }),
    handle({ Name = '' }) {
      if (!forget(context, Name)) throw notFound(Name);
      return {};
    },
  });
