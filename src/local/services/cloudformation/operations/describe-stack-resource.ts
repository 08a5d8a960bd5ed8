import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { toResource } from '../shown.ts';
import { requireResource, stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html */
export const describeStackResource = (context: CloudFormationContext) =>
  operation('cloudformation', 'DescribeStackResource', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeStackResource', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '', (name) =>
        invalid(`Stack '${name}' does not exist`),
      );
      const record = requireResource(context, stack, input.LogicalResourceId ?? '', input.StackName);
      const { Timestamp, DriftInformation, ...shown } = toResource(stack, record);
      return {
        StackResourceDetail: {
          ...shown,
          LastUpdatedTimestamp: Timestamp,
          DriftInformation,
          Metadata: JSON.stringify(record.state?.metadata ?? {}),
        },
      };
    },
  });
