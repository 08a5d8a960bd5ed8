import type {
  DestinationConfig,
  EventSourcePosition,
  FilterCriteria,
  FunctionResponseType,
  ScalingConfig,
} from '@aws-sdk/client-lambda';
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
  readonly FilterCriteria?: FilterCriteria;
  readonly StartingPosition?: EventSourcePosition;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly ParallelizationFactor?: number;
  readonly TumblingWindowInSeconds?: number;
  readonly DestinationConfig?: DestinationConfig;
  readonly Tags?: readonly Tag[];
}

const isStream = (arn = '') => arn.includes('/stream/');

const input = (p: MappingProperties) => ({
  FunctionName: p.FunctionName,
  Enabled: p.Enabled ?? true,
  BatchSize: p.BatchSize ?? (isStream(p.EventSourceArn) ? 100 : 10),
  MaximumBatchingWindowInSeconds: p.MaximumBatchingWindowInSeconds ?? 0,
  FunctionResponseTypes: p.FunctionResponseTypes ?? [],
  FilterCriteria: p.FilterCriteria ?? {},
  ...(isStream(p.EventSourceArn)
    ? {
        BisectBatchOnFunctionError: p.BisectBatchOnFunctionError ?? false,
        MaximumRetryAttempts: p.MaximumRetryAttempts ?? -1,
        MaximumRecordAgeInSeconds: p.MaximumRecordAgeInSeconds ?? -1,
        ParallelizationFactor: p.ParallelizationFactor,
        TumblingWindowInSeconds: p.TumblingWindowInSeconds,
        DestinationConfig: p.DestinationConfig ?? {},
      }
    : { ScalingConfig: p.ScalingConfig ?? {} }),
});

/** Queues and streams of tables; the properties of other sources are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export const eventSourceMapping = resourceType<MappingProperties>({
  type: 'AWS::Lambda::EventSourceMapping',
  mode: 'live',
  honoured: [
    ...['EventSourceArn', 'FunctionName', 'Enabled', 'BatchSize', 'MaximumBatchingWindowInSeconds'],
    ...['FunctionResponseTypes', 'ScalingConfig', 'Tags', 'FilterCriteria', 'StartingPosition'],
    ...[
      'BisectBatchOnFunctionError',
      'MaximumRetryAttempts',
      'MaximumRecordAgeInSeconds',
      'DestinationConfig',
    ],
    ...['ParallelizationFactor', 'TumblingWindowInSeconds'],
  ],
  async create({ properties: p, invoke, tags }) {
    const made = await invoke('lambda', 'CreateEventSourceMapping', {
      ...input(p),
      EventSourceArn: p.EventSourceArn,
      StartingPosition: p.StartingPosition,
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
