import { type Invoke, resourceType } from '../../../service.ts';

interface AccountProperties {
  readonly CloudWatchRoleArn?: string;
}

const set = (arn: string | undefined, invoke: Invoke) =>
  invoke('apigateway', 'UpdateAccount', {
    patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: arn ?? '' }],
  });

/** One setting per account and region; deleting the resource leaves it, as on AWS. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html */
export const account = resourceType<AccountProperties>({
  type: 'AWS::ApiGateway::Account',
  mode: 'live',
  honoured: ['CloudWatchRoleArn'],
  async create({ properties, invoke, uniqueName }) {
    await set(properties.CloudWatchRoleArn, invoke);
    const id = uniqueName(128);
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties, invoke, physicalId, previousAttributes }) {
    await set(properties.CloudWatchRoleArn, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  async delete() {},
});
