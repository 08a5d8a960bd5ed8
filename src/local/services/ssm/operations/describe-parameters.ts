import { operation } from '../../../service.ts';
import { describe, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters = (context: SsmContext) =>
  operation('ssm', 'DescribeParameters', {
    accepts: [],
    access: () => ({ action: 'ssm:DescribeParameters', resource: '*' }),
    handle: () => ({
      Parameters: [...context.parameters.values()].map((record) => {
        const { Value: _, ...shown } = describe(context, record);
        return { ...shown, ...(record.description === undefined ? {} : { Description: record.description }) };
      }),
    }),
  });
