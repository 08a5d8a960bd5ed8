/**
 * Describing, listing and deregistering task definitions.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html and its siblings
 */
import type {
  DeregisterTaskDefinitionCommandInput,
  DeregisterTaskDefinitionResponse,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionResponse,
  ListTaskDefinitionFamiliesCommandInput,
  ListTaskDefinitionFamiliesResponse,
  ListTaskDefinitionsCommandInput,
  ListTaskDefinitionsResponse,
} from '@aws-sdk/client-ecs';
import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeTaskDefinition } from '../describe.ts';
import { clientError } from '../errors.ts';
import { page } from '../page.ts';
import { findTaskDefinition, shortName, tagList } from '../store.ts';

export const describeTaskDefinitionOperation = (context: EcsContext) =>
  operation<DescribeTaskDefinitionCommandInput, DescribeTaskDefinitionResponse>({
    name: 'DescribeTaskDefinition',
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

export const deregisterTaskDefinition = (context: EcsContext) =>
  operation<DeregisterTaskDefinitionCommandInput, DeregisterTaskDefinitionResponse>({
    name: 'DeregisterTaskDefinition',
    accepts: 'all',
    access: () => ({ action: 'ecs:DeregisterTaskDefinition', resource: '*' }),
    handle({ taskDefinition = '' }) {
      if (!shortName(taskDefinition).includes(':')) throw clientError('Revision is missing.');
      const before = findTaskDefinition(context, taskDefinition);
      const record = {
        ...before,
        status: 'INACTIVE' as const,
        deregisteredAt: before.deregisteredAt ?? context.env.clock.now(),
      };
      context.taskDefinitions.put([record.family, record.revision], record);
      return { taskDefinition: describeTaskDefinition(record) };
    },
  });

export const listTaskDefinitions = (context: EcsContext) =>
  operation<ListTaskDefinitionsCommandInput, ListTaskDefinitionsResponse>({
    name: 'ListTaskDefinitions',
    accepts: 'all',
    access: () => ({ action: 'ecs:ListTaskDefinitions', resource: '*' }),
    handle({ familyPrefix = '', status = 'ACTIVE', sort, maxResults, nextToken }) {
      const all = [...context.taskDefinitions.values()]
        .filter(
          (record) => record.status === status && (familyPrefix === '' || record.family === familyPrefix),
        )
        .map(({ arn }) => arn);
      const { items, next } = page(sort === 'DESC' ? all.reverse() : all, nextToken, maxResults);
      return { taskDefinitionArns: items, nextToken: next };
    },
  });

export const listTaskDefinitionFamilies = (context: EcsContext) =>
  operation<ListTaskDefinitionFamiliesCommandInput, ListTaskDefinitionFamiliesResponse>({
    name: 'ListTaskDefinitionFamilies',
    accepts: 'all',
    access: () => ({ action: 'ecs:ListTaskDefinitionFamilies', resource: '*' }),
    handle({ familyPrefix = '', status = 'ACTIVE', maxResults, nextToken }) {
      const active = new Map<string, boolean>();
      for (const record of context.taskDefinitions.values())
        active.set(record.family, record.status === 'ACTIVE' || active.get(record.family) === true);
      const all = [...active]
        .filter(
          ([family, isActive]) =>
            family.startsWith(familyPrefix) && (status === 'ALL' || isActive === (status === 'ACTIVE')),
        )
        .map(([family]) => family);
      const { items, next } = page(all, nextToken, maxResults);
      return { families: items, nextToken: next };
    },
  });
