import { AwsError, resourceType } from '../../../service.ts';
import { apiTags, toApi } from './api-names.ts';
import { retag } from './retag.ts';

interface TaskDefinitionProperties {
  readonly Family?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

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
  async create({ properties, invoke, uniqueName, stackTags }) {
    const { Tags, Family, ...rest } = properties;
    // Task level sizes are text in the API; see api-names.ts for the containers' own.
    const sizes = rest as { readonly Cpu?: unknown; readonly Memory?: unknown };
    const { taskDefinition: made } = await invoke<{ taskDefinition: { taskDefinitionArn: string } }>(
      'ecs',
      'RegisterTaskDefinition',
      {
        ...(toApi(rest) as object),
        ...(sizes.Cpu === undefined ? {} : { cpu: String(sizes.Cpu) }),
        ...(sizes.Memory === undefined ? {} : { memory: String(sizes.Memory) }),
        family: Family ?? uniqueName(255).replace(/[^\w-]/g, ''),
        tags: apiTags(Tags, stackTags),
      },
    );
    const { taskDefinitionArn } = made;
    return { physicalId: taskDefinitionArn, attributes: { TaskDefinitionArn: taskDefinitionArn } };
  },
  async update({ properties, previous, physicalId, invoke, previousAttributes }) {
    await retag(invoke, physicalId, properties.Tags, previous.Tags);
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ physicalId, invoke }) {
    await invoke('ecs', 'DeregisterTaskDefinition', { taskDefinition: physicalId }).catch(
      (error: unknown) => {
        if (!(error instanceof AwsError) || error.code !== 'ClientException') throw error;
      },
    );
  },
});
