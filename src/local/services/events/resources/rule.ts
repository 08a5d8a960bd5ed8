import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import { documentText } from '../../../document-text.ts';
import { required } from '../../../invoke.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

interface RuleProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: object | string;
  readonly ScheduleExpression?: string;
  readonly State?: RuleState;
  readonly RoleArn?: string;
  readonly Targets?: Target[];
  readonly Tags?: readonly Tag[];
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
    'RoleArn',
    'Targets',
    'Tags',
  ],
  named: ['Name', 'EventBusName'],
  adopts: true,
  async find({ properties: { Name: given, EventBusName }, invoke, uniqueName }) {
    const Name = given ?? uniqueName(64);
    const found = invoke('events', 'DescribeRule', { Name, EventBusName });
    const rule = await ignoring(found, 'ResourceNotFoundException');
    return rule && state(Name, rule.Arn, EventBusName);
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const Name = p.Name ?? uniqueName(64);
    const RuleArn = await put(invoke, Name, p, tagList(tags));
    try {
      if (p.Targets?.length) await invoke('events', 'PutTargets', { ...at(Name, p), Targets: p.Targets });
    } catch (error) {
      // Nothing half-made stays behind when a target is refused.
      await invoke('events', 'DeleteRule', { Name, EventBusName: p.EventBusName });
      throw error;
    }
    return state(Name, RuleArn, p.EventBusName);
  },
  async update({ properties: p, previous, physicalId, invoke, previousAttributes, tags, previousTags }) {
    const Name = nameIn(physicalId);
    await put(invoke, Name, p, []);
    const Ids = (previous.Targets ?? [])
      .map(({ Id = '' }) => Id)
      .filter((id) => !p.Targets?.some(({ Id }) => Id === id));
    if (Ids.length > 0) await invoke('events', 'RemoveTargets', { ...at(Name, p), Ids });
    if (p.Targets?.length) await invoke('events', 'PutTargets', { ...at(Name, p), Targets: p.Targets });
    const ResourceARN = String(previousAttributes.Arn);
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('events', 'UntagResource', { ResourceARN, TagKeys }),
      set: (changed) => invoke('events', 'TagResource', { ResourceARN, Tags: tagList(changed) }),
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId, properties: p, invoke }) {
    const Name = nameIn(physicalId);
    const { Targets = [] } = await invoke('events', 'ListTargetsByRule', at(Name, p));
    const Ids = Targets.map(({ Id = '' }) => Id);
    if (Ids.length > 0) await invoke('events', 'RemoveTargets', { ...at(Name, p), Ids });
    await invoke('events', 'DeleteRule', { Name, EventBusName: p.EventBusName });
  },
});

const at = (Rule: string, { EventBusName }: RuleProperties) => ({ Rule, EventBusName });

/** On a bus of one's own the id is `bus|rule`. */
const nameIn = (physicalId: string) => physicalId.slice(physicalId.lastIndexOf('|') + 1);

function state(Name: string, Arn: string | undefined, bus: string | undefined) {
  const name = bus?.replace(/^arn:.*:event-bus\//, '') ?? 'default';
  return { physicalId: name === 'default' ? Name : `${name}|${Name}`, attributes: { Arn, RuleName: Name } };
}

async function put(invoke: Invoke, Name: string, p: RuleProperties, Tags: Tag[]): Promise<string> {
  const { EventPattern: pattern } = p;
  const { RuleArn } = await invoke('events', 'PutRule', {
    Name,
    Description: p.Description,
    EventBusName: p.EventBusName,
    EventPattern: pattern && documentText(pattern),
    ScheduleExpression: p.ScheduleExpression,
    State: p.State,
    RoleArn: p.RoleArn,
    Tags,
  });
  return required(RuleArn, 'RuleArn');
}
