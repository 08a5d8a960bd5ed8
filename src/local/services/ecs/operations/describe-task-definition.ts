import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeTaskDefinition } from '../describe.ts';
import { findTaskDefinition, tagList } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html */
export const describeTaskDefinitionOperation = (context: EcsContext) =>
  operation('ecs', 'DescribeTaskDefinition', {
    accepts: 'all',
    access: () => ({ action: 'ecs:DescribeTaskDefinition', resource: '*' }),
    handle(input) {
      const record = findTaskDefinition(context, input.taskDefinition);
      return {
        taskDefinition: describeTaskDefinition(record),
        ...(input.include?.includes('TAGS') ? { tags: tagList(record.tags) } : {}),
      };
    },
  });
