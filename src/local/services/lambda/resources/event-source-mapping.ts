import type { FunctionResponseType, ScalingConfig } from '@aws-sdk/client-lambda';
import { required } from '../../../invoke.ts';
import { retag, type Tag } from '../../../resource-tags.ts';
import { resourceType } from '../../../service.ts';

interface MappingProperties {
  readonly EventSourceArn?: string;
  readonly FunctionName: string;
  readonly Enabled?: boolean;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly FunctionResponseTypes?: FunctionResponseType[];
  readonly ScalingConfig?: ScalingConfig;
  readonly Tags?: readonly Tag[];
}

const input = (p: MappingProperties) => ({
  FunctionName: p.FunctionName,
  Enabled: p.Enabled ?? true,
  BatchSize: p.BatchSize ?? 10,
  MaximumBatchingWindowInSeconds: p.MaximumBatchingWindowInSeconds ?? 0,
  FunctionResponseTypes: p.FunctionResponseTypes ?? [],
  ScalingConfig: p.ScalingConfig ?? {},
});

/** SQS queues; the properties of other sources are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export const eventSourceMapping = resourceType<MappingProperties>({
  type: 'AWS::Lambda::EventSourceMapping',
  mode: 'live',
  honoured: [
    ...['EventSourceArn', 'FunctionName', 'Enabled', 'BatchSize', 'MaximumBatchingWindowInSeconds'],
    ...['FunctionResponseTypes', 'ScalingConfig', 'Tags'],
  ],
  async create({ properties: p, invoke, tags }) {
    const made = await invoke('lambda', 'CreateEventSourceMapping', {
      ...input(p),
      EventSourceArn: p.EventSourceArn,
      Tags: tags,
    });
    const id = required(made.UUID, 'UUID');
    return {
      physicalId: id,
      attributes: { Id: id, EventSourceMappingArn: made.EventSourceMappingArn },
    };
  },
  async update({ properties, physicalId, previousAttributes, invoke, tags, previousTags }) {
    await invoke('lambda', 'UpdateEventSourceMapping', { ...input(properties), UUID: physicalId });
    const Resource = String(previousAttributes.EventSourceMappingArn);
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('lambda', 'UntagResource', { Resource, TagKeys }),
      set: (Tags) => invoke('lambda', 'TagResource', { Resource, Tags }),
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('lambda', 'DeleteEventSourceMapping', { UUID: physicalId });
  },
});
