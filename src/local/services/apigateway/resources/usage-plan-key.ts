import { resourceType } from '../../../service.ts';

interface UsagePlanKeyProperties {
  readonly UsagePlanId: string;
  readonly KeyId: string;
  readonly KeyType: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplankey.html */
export const usagePlanKey = resourceType<UsagePlanKeyProperties>({
  type: 'AWS::ApiGateway::UsagePlanKey',
  mode: 'live',
  honoured: ['UsagePlanId', 'KeyId', 'KeyType'],
  async create({ properties: p, invoke }) {
    await invoke('apigateway', 'CreateUsagePlanKey', {
      usagePlanId: p.UsagePlanId,
      keyId: p.KeyId,
      keyType: p.KeyType,
    });
    const id = `${p.KeyId}:${p.UsagePlanId}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  gone: ['NotFoundException'],
  async delete({ properties: p, invoke }) {
    await invoke('apigateway', 'DeleteUsagePlanKey', { usagePlanId: p.UsagePlanId, keyId: p.KeyId });
  },
});
