import { AwsError, type Invoke, resourceType } from '../../../service.ts';

interface RuleProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: object | string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Targets?: readonly { readonly Id: string }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export const rule = resourceType<RuleProperties>({
  type: 'AWS::Events::Rule',
  mode: 'live',
  honoured: [
    'Name',
    'Description',
    'EventBusName',
    'EventPattern',
    'ScheduleExpression',
    'State',
    'Targets',
    'Tags',
  ],
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const Name = p.Name ?? uniqueName(64);
    const tags = [...Object.entries(stackTags).map(([Key, Value]) => ({ Key, Value })), ...(p.Tags ?? [])];
    const RuleArn = await put(invoke, Name, p, tags);
    try {
      if (p.Targets?.length) await invoke('events', 'PutTargets', { Rule: Name, Targets: targets(p) });
    } catch (error) {
      // Nothing half-made stays behind when a target is refused.
      await invoke('events', 'DeleteRule', { Name });
      throw error;
    }
    return { physicalId: Name, attributes: { Arn: RuleArn, RuleName: Name } };
  },
  async update({ properties: p, previous, physicalId: Name, invoke, previousAttributes }) {
    await put(invoke, Name, p, []);
    const Ids = (previous.Targets ?? [])
      .map(({ Id }) => Id)
      .filter((id) => !p.Targets?.some(({ Id }) => Id === id));
    if (Ids.length > 0) await invoke('events', 'RemoveTargets', { Rule: Name, Ids });
    if (p.Targets?.length) await invoke('events', 'PutTargets', { Rule: Name, Targets: targets(p) });
    const ResourceARN = previousAttributes.Arn;
    const TagKeys = (previous.Tags ?? [])
      .map(({ Key }) => Key)
      .filter((key) => !p.Tags?.some(({ Key }) => Key === key));
    if (TagKeys.length > 0) await invoke('events', 'UntagResource', { ResourceARN, TagKeys });
    if (p.Tags?.length) await invoke('events', 'TagResource', { ResourceARN, Tags: p.Tags });
    return { physicalId: Name, attributes: previousAttributes };
  },
  async delete({ physicalId: Name, invoke }) {
    try {
      const { Targets = [] } = await invoke<{ Targets?: { Id: string }[] }>('events', 'ListTargetsByRule', {
        Rule: Name,
      });
      if (Targets.length > 0)
        await invoke('events', 'RemoveTargets', { Rule: Name, Ids: Targets.map(({ Id }) => Id) });
      await invoke('events', 'DeleteRule', { Name });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    }
  },
});

async function put(
  invoke: Invoke,
  Name: string,
  p: RuleProperties,
  Tags: readonly { Key: string; Value: string }[],
): Promise<string> {
  const { EventPattern: pattern } = p;
  const { RuleArn } = await invoke<{ RuleArn: string }>('events', 'PutRule', {
    Name,
    Description: p.Description,
    EventBusName: p.EventBusName,
    EventPattern: typeof pattern === 'object' ? JSON.stringify(pattern) : pattern,
    ScheduleExpression: p.ScheduleExpression,
    State: p.State,
    Tags,
  });
  return RuleArn;
}

/** Numbers of a template may be text. */
const targets = (p: RuleProperties) =>
  (p.Targets ?? []).map((target) => {
    const { RetryPolicy: retry, ...rest } = target as {
      readonly Id: string;
      readonly RetryPolicy?: {
        readonly MaximumEventAgeInSeconds?: number | string;
        readonly MaximumRetryAttempts?: number | string;
      };
    };
    if (!retry) return rest;
    const number = (value: number | string | undefined) => (value === undefined ? undefined : Number(value));
    return {
      ...rest,
      RetryPolicy: {
        MaximumEventAgeInSeconds: number(retry.MaximumEventAgeInSeconds),
        MaximumRetryAttempts: number(retry.MaximumRetryAttempts),
      },
    };
  });
