import { operation } from '../../../service.ts';
import { describe, findParameter, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = (context: SsmContext) =>
  operation('ssm', 'GetParameters', {
    accepts: 'all',
    access: ({ Names = [] }) =>
      Names.map((name) => ({ action: 'ssm:GetParameters', resource: context.arn(name) })),
    handle({ Names = [] }) {
      const found = Names.map((name) => ({ name, record: findParameter(context, name) }));
      return {
        Parameters: found.flatMap(({ record }) => (record ? [describe(context, record)] : [])),
        InvalidParameters: found.filter(({ record }) => !record).map(({ name }) => name),
      };
    },
  });
