/** What the CloudFormation types of alarms have in common: both are put by name, and deleted by one call. */
import { required } from '../../../invoke.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
import { type Invoke, type ResourceType, resourceType } from '../../../service.ts';

interface Named {
  readonly AlarmName?: string | undefined;
}

interface Alarms<P> {
  readonly type: string;
  readonly honoured: readonly string[];
  /** The ARN of the alarm; undefined when there is none of that name. */
  arnOf(invoke: Invoke, name: string): Promise<string | undefined>;
  put(invoke: Invoke, name: string, properties: P, tags: Tag[] | undefined): Promise<unknown>;
}

export const alarmType = <P extends Named>({ type, honoured, arnOf, put }: Alarms<P>): ResourceType =>
  resourceType<P>({
    type,
    mode: 'live',
    honoured,
    adopts: true,
    async find({ properties: p, invoke, uniqueName }) {
      const physicalId = p.AlarmName ?? uniqueName(255);
      const Arn = await arnOf(invoke, physicalId);
      return Arn === undefined ? undefined : { physicalId, attributes: { Arn } };
    },
    async create({ properties: p, invoke, uniqueName, tags }) {
      const physicalId = p.AlarmName ?? uniqueName(255);
      await put(invoke, physicalId, p, tagList(tags));
      return { physicalId, attributes: { Arn: required(await arnOf(invoke, physicalId), 'AlarmArn') } };
    },
    async update({ properties: p, physicalId, previousAttributes, invoke, tags, previousTags }) {
      await put(invoke, physicalId, p, undefined);
      const ResourceARN = String(previousAttributes.Arn);
      await retag(tags, previousTags, {
        remove: (TagKeys) => invoke('cloudwatch', 'UntagResource', { ResourceARN, TagKeys }),
        set: (changed) => invoke('cloudwatch', 'TagResource', { ResourceARN, Tags: tagList(changed) }),
      });
      return { physicalId, attributes: previousAttributes };
    },
    gone: ['ResourceNotFound'],
    async delete({ physicalId, invoke }) {
      await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] });
    },
  });
