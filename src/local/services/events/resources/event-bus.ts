import { documentText } from '../../../document-text.ts';
import { required } from '../../../invoke.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
import { ignoring, resourceType } from '../../../service.ts';

interface EventBusProperties {
  readonly Name: string;
  readonly Description?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly Policy?: object | string;
  readonly Tags?: readonly Tag[];
}

const attributes = (Name: string, Arn: string) => ({ Arn, Name, Policy: '' });

/** Buses of partners, and keys and logs of one's own, are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
export const eventBus = resourceType<EventBusProperties>({
  type: 'AWS::Events::EventBus',
  mode: 'live',
  honoured: ['Name', 'Description', 'DeadLetterConfig', 'Policy', 'Tags'],
  async find({ properties: { Name }, invoke }) {
    const found = await ignoring(invoke('events', 'DescribeEventBus', { Name }), 'ResourceNotFoundException');
    return found && { physicalId: Name, attributes: attributes(Name, found.Arn ?? '') };
  },
  async create({ properties: p, invoke, tags }) {
    const { EventBusArn } = await invoke('events', 'CreateEventBus', {
      Name: p.Name,
      Description: p.Description,
      DeadLetterConfig: p.DeadLetterConfig,
      Tags: tagList(tags),
    });
    if (p.Policy)
      await invoke('events', 'PutPermission', { EventBusName: p.Name, Policy: documentText(p.Policy) });
    return { physicalId: p.Name, attributes: attributes(p.Name, required(EventBusArn, 'EventBusArn')) };
  },
  async update({ properties: p, previous, invoke, physicalId, previousAttributes, tags, previousTags }) {
    await invoke('events', 'UpdateEventBus', {
      Name: p.Name,
      Description: p.Description ?? '',
      DeadLetterConfig: p.DeadLetterConfig ?? {},
    });
    if (p.Policy)
      await invoke('events', 'PutPermission', { EventBusName: p.Name, Policy: documentText(p.Policy) });
    else if (previous.Policy)
      await invoke('events', 'RemovePermission', { EventBusName: p.Name, RemoveAllPermissions: true });
    const ResourceARN = String(previousAttributes.Arn);
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('events', 'UntagResource', { ResourceARN, TagKeys }),
      set: (changed) => invoke('events', 'TagResource', { ResourceARN, Tags: tagList(changed) }),
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('events', 'DeleteEventBus', { Name: physicalId });
  },
});
