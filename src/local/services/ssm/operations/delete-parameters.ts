import { operation } from '../../../service.ts';
import { deleteParameter as forget, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export const deleteParameters = (context: SsmContext) =>
  operation('ssm', 'DeleteParameters', {
    accepts: 'all',
    access: ({ Names = [] }) =>
      Names.map((name) => ({ action: 'ssm:DeleteParameters', resource: context.arn(name) })),
    handle({ Names = [] }) {
      const deleted = Names.filter((name) => forget(context, name));
      return {
        DeletedParameters: deleted,
        InvalidParameters: Names.filter((name) => !deleted.includes(name)),
      };
    },
  });
