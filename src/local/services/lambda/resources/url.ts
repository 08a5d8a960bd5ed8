import type { Cors, FunctionUrlAuthType, InvokeMode } from '@aws-sdk/client-lambda';
import { resourceType } from '../../../service.ts';

interface UrlProperties {
  readonly TargetFunctionArn: string;
  readonly Qualifier?: string;
  readonly AuthType: FunctionUrlAuthType;
  readonly InvokeMode?: InvokeMode;
  readonly Cors?: Cors;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html */
export const url = resourceType<UrlProperties>({
  type: 'AWS::Lambda::Url',
  mode: 'live',
  honoured: ['TargetFunctionArn', 'Qualifier', 'AuthType', 'InvokeMode', 'Cors'],
  async create({ properties: { TargetFunctionArn: FunctionName, ...p }, invoke }) {
    const { FunctionArn = '', FunctionUrl } = await invoke('lambda', 'CreateFunctionUrlConfig', {
      FunctionName,
      ...p,
    });
    return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } };
  },
  async update({
    properties: { TargetFunctionArn: FunctionName, ...p },
    physicalId,
    previousAttributes,
    invoke,
  }) {
    await invoke('lambda', 'UpdateFunctionUrlConfig', {
      FunctionName,
      ...p,
      Cors: p.Cors ?? {},
      InvokeMode: p.InvokeMode ?? 'BUFFERED',
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ properties: { TargetFunctionArn: FunctionName, Qualifier }, invoke }) {
    await invoke('lambda', 'DeleteFunctionUrlConfig', { FunctionName, Qualifier });
  },
});
