import { formatArn, parseArn } from '../../../../core/arn.ts';
import { required } from '../../../invoke.ts';
import { retag, type Tag } from '../../../resource-tags.ts';
import { ignoring, resourceType } from '../../../service.ts';

interface Properties {
  readonly Name: string;
  readonly EncryptionConfiguration?: { readonly Type: string };
  readonly Tags?: readonly Tag[];
}

const tagsOf = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

const state = (arn: string, name: string) => ({ physicalId: arn, attributes: { Arn: arn, Name: name } });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-activity.html */
export const activity = resourceType<Properties>({
  type: 'AWS::StepFunctions::Activity',
  mode: 'live',
  honoured: ['Name', 'EncryptionConfiguration', 'Tags'],
  named: ['Name'],
  async find({ properties: { Name }, invoke, stackId }) {
    const arn = formatArn({ ...parseArn(stackId), service: 'states', resource: `activity:${Name}` });
    const found = invoke('states', 'DescribeActivity', { activityArn: arn });
    return (await ignoring(found, 'ActivityDoesNotExist')) && state(arn, Name);
  },
  async create({ properties: { Name, EncryptionConfiguration: given }, invoke, tags }) {
    const { activityArn } = await invoke('states', 'CreateActivity', {
      name: Name,
      tags: tagsOf(tags),
      ...(given ? { encryptionConfiguration: { type: given.Type as 'AWS_OWNED_KEY' } } : {}),
    });
    return state(required(activityArn, 'activityArn'), Name);
  },
  async update({ properties: { Name }, physicalId, invoke, tags, previousTags }) {
    await retag(tags, previousTags, {
      remove: (tagKeys) => invoke('states', 'UntagResource', { resourceArn: physicalId, tagKeys }),
      set: (set) => invoke('states', 'TagResource', { resourceArn: physicalId, tags: tagsOf(set) }),
    });
    return state(physicalId, Name);
  },
  async delete({ physicalId, invoke }) {
    await invoke('states', 'DeleteActivity', { activityArn: physicalId });
  },
});
