import { ignoring } from '../../../service.ts';
import type { NativeCustomResource, NativeRequest } from './native.ts';

const invokeOf = ({ properties: { LogGroupRegion: region }, invoke, inRegion }: NativeRequest) =>
  region === undefined ? invoke : inRegion(String(region));

/**
 * The retention of a function's log group, which the CDK sets after the fact.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_logs.LogRetention.html
 */
export const logRetention: NativeCustomResource = {
  type: 'Custom::LogRetention',
  mode: 'live',
  async createOrUpdate(request) {
    const { properties } = request;
    const invoke = invokeOf(request);
    const logGroupName = String(properties.LogGroupName ?? '');
    await ignoring(invoke('logs', 'CreateLogGroup', { logGroupName }), 'ResourceAlreadyExistsException');
    const days = Number(properties.RetentionInDays ?? 0);
    // The CDK writes 9999, or nothing, for "never expires".
    if (days > 0 && days !== 9999)
      await invoke('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: days });
    else await invoke('logs', 'DeleteRetentionPolicy', { logGroupName });
    return { physicalId: logGroupName, data: { LogGroupName: logGroupName } };
  },
  async delete(request) {
    const { properties } = request;
    if (properties.RemovalPolicy !== 'destroy') return;
    const invoke = invokeOf(request);
    const logGroupName = String(properties.LogGroupName ?? '');
    await ignoring(invoke('logs', 'DeleteLogGroup', { logGroupName }), 'ResourceNotFoundException');
  },
};
