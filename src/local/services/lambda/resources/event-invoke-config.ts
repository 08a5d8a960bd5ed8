import { AwsError, resourceType } from '../../../service.ts';

interface EventInvokeConfigProperties {
  readonly FunctionName: string;
  readonly Qualifier: string;
  readonly MaximumRetryAttempts?: number | string;
  readonly MaximumEventAgeInSeconds?: number | string;
  readonly DestinationConfig?: object;
}

const input = (p: EventInvokeConfigProperties) => ({
  ...p,
  ...(p.MaximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: Number(p.MaximumRetryAttempts) }),
  ...(p.MaximumEventAgeInSeconds === undefined
    ? {}
    : { MaximumEventAgeInSeconds: Number(p.MaximumEventAgeInSeconds) }),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export const eventInvokeConfig = resourceType<EventInvokeConfigProperties>({
  type: 'AWS::Lambda::EventInvokeConfig',
  mode: 'live',
  honoured: [
    ...['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds'],
    'DestinationConfig',
  ],
  async create({ properties, invoke, uniqueName }) {
    await invoke('lambda', 'PutFunctionEventInvokeConfig', input(properties));
    return { physicalId: uniqueName(128), attributes: {} };
  },
  async update({ properties, invoke, physicalId }) {
    await invoke('lambda', 'PutFunctionEventInvokeConfig', input(properties));
    return { physicalId, attributes: {} };
  },
  async delete({ properties: { FunctionName, Qualifier }, invoke }) {
    try {
      await invoke('lambda', 'DeleteFunctionEventInvokeConfig', { FunctionName, Qualifier });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
    }
  },
});
