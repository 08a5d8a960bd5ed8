import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import { ignoring, resourceType } from '../../../service.ts';

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
  honoured: ['Name', 'Type', 'Value', 'Description', 'AllowedPattern', 'Tier', 'DataType'],
  kept: { Tags: 'no operation here reads the tags of a parameter' },
  async find({ properties: p, invoke, uniqueName }) {
    const Name = p.Name ?? `CFN-${uniqueName(1000)}`;
    const found = await ignoring(invoke('ssm', 'GetParameter', { Name }), 'ParameterNotFound');
    return found && { physicalId: Name, attributes: { Type: p.Type, Value: p.Value } };
  },
  async create({ properties: p, invoke, uniqueName }) {
    const Name = p.Name ?? `CFN-${uniqueName(1000)}`;
    await invoke('ssm', 'PutParameter', { ...api(p), Name });
    return { physicalId: Name, attributes: { Type: p.Type, Value: p.Value } };
  },
  async update({ properties: p, physicalId: Name, invoke }) {
    await invoke('ssm', 'PutParameter', { ...api(p), Name, Overwrite: true });
    return { physicalId: Name, attributes: { Type: p.Type, Value: p.Value } };
  },
  gone: ['ParameterNotFound'],
  async delete({ physicalId: Name, invoke }) {
    await invoke('ssm', 'DeleteParameter', { Name });
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
