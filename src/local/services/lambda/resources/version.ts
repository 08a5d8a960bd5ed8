import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';

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
    const made = await invoke('lambda', 'PublishVersion', {
      FunctionName,
      ...(CodeSha256 ? { CodeSha256 } : {}),
      ...(Description === undefined ? {} : { Description }),
    });
    const arn = required(made.FunctionArn, 'FunctionArn');
    return { physicalId: arn, attributes: { Version: made.Version, FunctionArn: arn } };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('lambda', 'DeleteFunction', { FunctionName: physicalId });
  },
});
