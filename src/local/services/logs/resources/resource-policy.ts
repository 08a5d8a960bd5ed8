import { documentText } from '../../../document-text.ts';
import { type Invoke, resourceType } from '../../../service.ts';

interface ResourcePolicyProperties {
  readonly PolicyName: string;
  readonly PolicyDocument: string | object;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-resourcepolicy.html */
export const resourcePolicy = resourceType<ResourcePolicyProperties>({
  type: 'AWS::Logs::ResourcePolicy',
  mode: 'live',
  honoured: ['PolicyName', 'PolicyDocument'],
  adopts: true,
  async find({ properties: { PolicyName }, invoke }) {
    const { resourcePolicies } = await invoke('logs', 'DescribeResourcePolicies', {});
    const found = resourcePolicies?.some(({ policyName }) => policyName === PolicyName);
    return found ? { physicalId: PolicyName, attributes: {} } : undefined;
  },
  async create({ properties: p, invoke }) {
    await put(invoke, p);
    return { physicalId: p.PolicyName, attributes: {} };
  },
  async update({ properties: p, physicalId, previousAttributes, invoke }) {
    await put(invoke, p);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId: policyName, invoke }) {
    await invoke('logs', 'DeleteResourcePolicy', { policyName });
  },
});

const put = (invoke: Invoke, { PolicyName, PolicyDocument }: ResourcePolicyProperties) =>
  invoke('logs', 'PutResourcePolicy', {
    policyName: PolicyName,
    policyDocument: documentText(PolicyDocument),
  });
