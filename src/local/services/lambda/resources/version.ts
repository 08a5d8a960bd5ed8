import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { AwsError, resourceType } from '../../../service.ts';

interface VersionProperties {
  readonly FunctionName: string;
  readonly CodeSha256?: string;
  readonly Description?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
export const version = resourceType<VersionProperties>({
  type: 'AWS::Lambda::Version',
  mode: 'live',
  honoured: ['FunctionName', 'CodeSha256', 'Description'],
  kept: { RuntimePolicy: 'kept: there is one build of Node.js here' },
  async create({ properties: { FunctionName, CodeSha256, Description }, invoke }) {
    const made = await invoke<FunctionConfiguration>('lambda', 'PublishVersion', {
      FunctionName,
      ...(CodeSha256 ? { CodeSha256 } : {}),
      ...(Description === undefined ? {} : { Description }),
    });
    const arn = made.FunctionArn ?? '';
    return { physicalId: arn, attributes: { Version: made.Version ?? '', FunctionArn: arn } };
  },
  async delete({ physicalId, invoke }) {
    try {
      await invoke('lambda', 'DeleteFunction', { FunctionName: physicalId });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
    }
  },
});
