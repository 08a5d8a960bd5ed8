import { resourceType } from '../../../service.ts';

interface LogStreamProperties {
  readonly LogGroupName: string;
  readonly LogStreamName?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-logstream.html */
export const logStream = resourceType<LogStreamProperties>({
  type: 'AWS::Logs::LogStream',
  mode: 'live',
  honoured: ['LogGroupName', 'LogStreamName'],
  async find({ properties: p, invoke, uniqueName }) {
    const logStreamName = p.LogStreamName ?? uniqueName(512);
    const { logStreams } = await invoke('logs', 'DescribeLogStreams', {
      logGroupName: p.LogGroupName,
      logStreamNamePrefix: logStreamName,
    });
    const found = logStreams?.some((stream) => stream.logStreamName === logStreamName);
    return found ? { physicalId: logStreamName, attributes: {} } : undefined;
  },
  async create({ properties: p, invoke, uniqueName }) {
    const logStreamName = p.LogStreamName ?? uniqueName(512);
    await invoke('logs', 'CreateLogStream', { logGroupName: p.LogGroupName, logStreamName });
    return { physicalId: logStreamName, attributes: {} };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ properties: p, physicalId: logStreamName, invoke }) {
    await invoke('logs', 'DeleteLogStream', { logGroupName: p.LogGroupName, logStreamName });
  },
});
