import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { AwsError, resourceType, unsupported } from '../../../service.ts';

interface MappingProperties {
  readonly EventSourceArn?: string;
  readonly FunctionName: string;
  readonly Enabled?: boolean | string;
  readonly BatchSize?: number | string;
  readonly MaximumBatchingWindowInSeconds?: number | string;
  readonly FunctionResponseTypes?: readonly string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number | string };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const input = (p: MappingProperties) => ({
  FunctionName: p.FunctionName,
  Enabled: p.Enabled === undefined ? true : String(p.Enabled) === 'true',
  BatchSize: Number(p.BatchSize ?? 10),
  MaximumBatchingWindowInSeconds: Number(p.MaximumBatchingWindowInSeconds ?? 0),
  FunctionResponseTypes: p.FunctionResponseTypes ?? [],
  ScalingConfig:
    p.ScalingConfig?.MaximumConcurrency === undefined
      ? {}
      : { MaximumConcurrency: Number(p.ScalingConfig.MaximumConcurrency) },
});

/** SQS queues; the properties of other sources are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export const eventSourceMapping = resourceType<MappingProperties>({
  type: 'AWS::Lambda::EventSourceMapping',
  mode: 'live',
  honoured: [
    ...['EventSourceArn', 'FunctionName', 'Enabled', 'BatchSize', 'MaximumBatchingWindowInSeconds'],
    ...['FunctionResponseTypes', 'ScalingConfig', 'Tags'],
  ],
  async create({ properties: p, invoke, stackTags }) {
    const made = await invoke<EventSourceMappingConfiguration>('lambda', 'CreateEventSourceMapping', {
      ...input(p),
      EventSourceArn: p.EventSourceArn,
      Tags: { ...stackTags, ...Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value])) },
    });
    return {
      physicalId: made.UUID ?? '',
      attributes: { Id: made.UUID ?? '', EventSourceMappingArn: made.EventSourceMappingArn ?? '' },
    };
  },
  async update({ properties, previous, physicalId, previousAttributes, invoke }) {
    if (JSON.stringify(properties.Tags ?? []) !== JSON.stringify(previous.Tags ?? []))
      throw unsupported('a change of the Tags of an existing AWS::Lambda::EventSourceMapping');
    await invoke('lambda', 'UpdateEventSourceMapping', { ...input(properties), UUID: physicalId });
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ physicalId, invoke }) {
    try {
      await invoke('lambda', 'DeleteEventSourceMapping', { UUID: physicalId });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
    }
  },
});
