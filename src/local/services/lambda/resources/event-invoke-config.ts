import type { DestinationConfig } from '@aws-sdk/client-lambda';
import { ignoring, resourceType } from '../../../service.ts';

interface EventInvokeConfigProperties {
  readonly FunctionName: string;
  readonly Qualifier: string;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: DestinationConfig;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export const eventInvokeConfig = resourceType<EventInvokeConfigProperties>({
  type: 'AWS::Lambda::EventInvokeConfig',
  mode: 'live',
  honoured: [
    ...['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds'],
    'DestinationConfig',
  ],
  adopts: true,
  async find({ properties: { FunctionName, Qualifier }, invoke, uniqueName }) {
    const found = invoke('lambda', 'GetFunctionEventInvokeConfig', { FunctionName, Qualifier });
    return (
      (await ignoring(found, 'ResourceNotFoundException')) && { physicalId: uniqueName(128), attributes: {} }
    );
  },
  async create({ properties, invoke, uniqueName }) {
    await invoke('lambda', 'PutFunctionEventInvokeConfig', properties);
    return { physicalId: uniqueName(128), attributes: {} };
  },
  async update({ properties, invoke, physicalId }) {
    await invoke('lambda', 'PutFunctionEventInvokeConfig', properties);
    return { physicalId, attributes: {} };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ properties: { FunctionName, Qualifier }, invoke }) {
    await invoke('lambda', 'DeleteFunctionEventInvokeConfig', { FunctionName, Qualifier });
  },
});
