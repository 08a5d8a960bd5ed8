import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { toResource } from '../shown.ts';
import { stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html */
export const describeStackResources = (context: CloudFormationContext) =>
  operation('cloudformation', 'DescribeStackResources', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeStackResources', input.StackName),
    handle(input) {
      const { records } = context;
      const physicalId = input.PhysicalResourceId;
      if (!input.StackName && !physicalId) throw invalid('StackName or PhysicalResourceId must be specified');
      const stack = input.StackName
        ? records.stack(input.StackName)
        : records
            .liveStacks()
            .find((one) => records.resources(one.id).some((each) => each.state?.physicalId === physicalId));
      if (!stack) throw invalid(`Stack for ${physicalId} does not exist`);
      const found = records
        .resources(stack.id)
        .filter((one) => !input.LogicalResourceId || one.logicalId === input.LogicalResourceId);
      return { StackResources: found.map((one) => toResource(stack, one)) };
    },
  });
