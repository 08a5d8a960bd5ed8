import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import { formatArn, parseArn } from '../../../../core/arn.ts';
import { retag, tagList } from '../../../resource-tags.ts';
import { ignoring, type ResourceRequest, resourceType } from '../../../service.ts';

interface ParameterProperties {
  readonly Name?: string;
  readonly Type: ParameterType;
  readonly Value: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly Tier?: ParameterTier;
  readonly DataType?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const parameter = resourceType<ParameterProperties>({
  type: 'AWS::SSM::Parameter',
  mode: 'live',
  honoured: ['Name', 'Type', 'Value', 'Description', 'AllowedPattern', 'Tier', 'DataType', 'Tags'],
  async find({ properties: p, invoke, uniqueName, logicalId, stackId }) {
    const Name = p.Name ?? generated(logicalId, uniqueName);
    const found = await ignoring(invoke('ssm', 'GetParameter', { Name }), 'ParameterNotFound');
    return found && state(Name, p, stackId);
  },
  async create({ properties: p, invoke, uniqueName, logicalId, tags, stackId }) {
    const Name = p.Name ?? generated(logicalId, uniqueName);
    await invoke('ssm', 'PutParameter', { ...api(p), Name, Tags: tagList(tags) });
    return state(Name, p, stackId);
  },
  async update({ properties: p, previous, physicalId: Name, invoke, tags, previousTags, stackId }) {
    if (JSON.stringify(api(p)) !== JSON.stringify(api(previous)))
      await invoke('ssm', 'PutParameter', { ...api(p), Name, Overwrite: true });
    const tagged = { ResourceType: 'Parameter', ResourceId: Name } as const;
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('ssm', 'RemoveTagsFromResource', { ...tagged, TagKeys }),
      set: (added) => invoke('ssm', 'AddTagsToResource', { ...tagged, Tags: tagList(added) }),
    });
    return state(Name, p, stackId);
  },
  gone: ['ParameterNotFound'],
  async delete({ physicalId: Name, invoke }) {
    await invoke('ssm', 'DeleteParameter', { Name });
  },
});

/** `CFN-<logical id>-<12 characters>`, as parameters are called that CloudFormation names. */
const generated = (logicalId: string, uniqueName: ResourceRequest['uniqueName']) =>
  `CFN-${logicalId}-${uniqueName(1000).slice(-12)}`;

const state = (Name: string, { Type, Value }: ParameterProperties, stackId: string) => ({
  physicalId: Name,
  attributes: {
    Type,
    Value,
    // The leading slash of a path is not doubled.
    Arn: formatArn({
      ...parseArn(stackId),
      service: 'ssm',
      resource: `parameter/${Name.replace(/^\//, '')}`,
    }),
  },
});

const api = (p: ParameterProperties) => ({
  Type: p.Type,
  Value: p.Value,
  Description: p.Description,
  AllowedPattern: p.AllowedPattern,
  Tier: p.Tier,
  DataType: p.DataType,
});
