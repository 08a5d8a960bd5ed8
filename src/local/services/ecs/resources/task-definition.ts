import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import { required } from '../../../invoke.ts';
import type { Tag } from '../../../resource-tags.ts';
import { resourceType } from '../../../service.ts';
import { apiTags, type TemplateForm, toApi } from './api-names.ts';
import { retag } from './retag.ts';

type Registered = Omit<RegisterTaskDefinitionRequest, 'containerDefinitions' | 'family' | 'tags'> &
  Partial<Pick<RegisterTaskDefinitionRequest, 'containerDefinitions'>>;

type TaskDefinitionProperties = TemplateForm<Registered> & {
  readonly Family?: string;
  readonly Tags?: readonly Tag[];
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html */
export const taskDefinition = resourceType<TaskDefinitionProperties>({
  type: 'AWS::ECS::TaskDefinition',
  mode: 'live',
  // RegisterTaskDefinition refuses by name what it cannot run.
  honoured: [
    ...['ContainerDefinitions', 'Cpu', 'EphemeralStorage', 'ExecutionRoleArn', 'Family', 'Memory'],
    ...['NetworkMode', 'RequiresCompatibilities', 'RuntimePlatform', 'Tags', 'TaskRoleArn', 'Volumes'],
    ...['PlacementConstraints', 'IpcMode', 'PidMode', 'ProxyConfiguration', 'InferenceAccelerators'],
    'EnableFaultInjection',
  ],
  async create({ properties, invoke, uniqueName, tags }) {
    const { Tags, Family, ...rest } = properties;
    const { taskDefinition: made } = await invoke('ecs', 'RegisterTaskDefinition', {
      containerDefinitions: [],
      ...toApi<Registered>(rest),
      family: Family ?? uniqueName(255).replace(/[^\w-]/g, ''),
      tags: apiTags(tags),
    });
    const taskDefinitionArn = required(made?.taskDefinitionArn, 'taskDefinition.taskDefinitionArn');
    return { physicalId: taskDefinitionArn, attributes: { TaskDefinitionArn: taskDefinitionArn } };
  },
  async update({ physicalId, invoke, previousAttributes, tags, previousTags }) {
    await retag(invoke, physicalId, tags, previousTags);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ClientException'],
  async delete({ physicalId, invoke }) {
    await invoke('ecs', 'DeregisterTaskDefinition', { taskDefinition: physicalId });
  },
});
