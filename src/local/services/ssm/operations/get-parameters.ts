import { AwsError, operation } from '../../../service.ts';
import { describe, findParameter, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = (context: SsmContext) =>
  operation('ssm', 'GetParameters', {
    accepts: 'all',
    access: ({ Names = [] }) =>
      Names.map((name) => ({ action: 'ssm:GetParameters', resource: context.arn(name) })),
    handle({ Names = [] }) {
      const found = Names.map((name) => ({ name, parameter: look(context, name) }));
      return {
        Parameters: found.flatMap(({ parameter }) => (parameter ? [describe(context, parameter)] : [])),
        InvalidParameters: found.filter(({ parameter }) => !parameter).map(({ name }) => name),
      };
    },
  });

/** A version or label that is not there makes the name invalid, and not the call. */
function look(context: SsmContext, name: string) {
  try {
    return findParameter(context, name);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ParameterVersionNotFound') return undefined;
    throw error;
  }
}
