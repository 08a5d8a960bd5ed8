/** DescribeStackResource, DescribeStackResources, ListStackResources. */
import type {
  DescribeStackResourceCommandInput,
  DescribeStackResourceOutput,
  DescribeStackResourcesCommandInput,
  DescribeStackResourcesOutput,
  ListStackResourcesCommandInput,
  ListStackResourcesOutput,
} from '@aws-sdk/client-cloudformation';
import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { page, requireResource, stackAccess, toResource } from './shared.ts';

export const describeStackResource = (context: CloudFormationContext) =>
  operation<DescribeStackResourceCommandInput, DescribeStackResourceOutput>({
    name: 'DescribeStackResource',
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeStackResource', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '');
      const record = requireResource(context, stack, input.LogicalResourceId ?? '');
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

export const describeStackResources = (context: CloudFormationContext) =>
  operation<DescribeStackResourcesCommandInput, DescribeStackResourcesOutput>({
    name: 'DescribeStackResources',
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

export const listStackResources = (context: CloudFormationContext) =>
  operation<ListStackResourcesCommandInput, ListStackResourcesOutput>({
    name: 'ListStackResources',
    accepts: 'all',
    access: (input) => stackAccess(context, 'ListStackResources', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '');
      const { items, next } = page(context.records.resources(stack.id), input.NextToken);
      return {
        StackResourceSummaries: items.map((one) => {
          const { StackId, StackName, Timestamp, ...shown } = toResource(stack, one);
          return { ...shown, LastUpdatedTimestamp: Timestamp };
        }),
        NextToken: next,
      };
    },
  });
