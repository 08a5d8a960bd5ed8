import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import { isLocalImage } from '../../../compute/images/pull.ts';
import { required } from '../../../invoke.ts';
import type { Tag } from '../../../resource-tags.ts';
import { resourceType, unsupported } from '../../../service.ts';
import { apiTags, type TemplateForm, toApi } from './api-names.ts';
import { retag } from './retag.ts';

type Registered = Omit<RegisterTaskDefinitionRequest, 'containerDefinitions' | 'family' | 'tags'> &
  Partial<Pick<RegisterTaskDefinitionRequest, 'containerDefinitions'>>;

type TaskDefinitionProperties = TemplateForm<Registered> & {
  readonly Family?: string;
  readonly Tags?: readonly Tag[];
};

/** A task of them could never start, which the template tells before anything is made. */
function refuseForeignImages(containers: readonly { readonly Image?: string | undefined }[]): void {
  const foreign = containers.flatMap(({ Image }) =>
    Image !== undefined && !isLocalImage(Image) ? [Image] : [],
  );
  if (foreign.length > 0)
    throw unsupported(
      `images of other registries than the local ECR (${foreign.join(', ')}); a Dockerfile in the app is built (ContainerImage.fromAsset)`,
    );
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
  async create({ properties, invoke, uniqueName, tags }) {
    const { Tags, Family, ...rest } = properties;
    refuseForeignImages(rest.ContainerDefinitions ?? []);
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
