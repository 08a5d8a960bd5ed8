import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';

interface Properties {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  readonly FilterPolicy?: object | string;
  readonly FilterPolicyScope?: string;
  readonly RawMessageDelivery?: boolean;
  readonly RedrivePolicy?: object | string;
}

const settable = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'] as const;

const text = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export const subscription = resourceType<Properties>({
  type: 'AWS::SNS::Subscription',
  mode: 'live',
  honoured: ['TopicArn', 'Protocol', 'Endpoint', ...settable],
  async create({ properties: p, invoke }) {
    const Attributes: Record<string, string> = {};
    for (const name of settable) if (p[name] !== undefined) Attributes[name] = text(p[name]);
    const { SubscriptionArn } = await invoke('sns', 'Subscribe', {
      TopicArn: p.TopicArn,
      Protocol: p.Protocol,
      Endpoint: p.Endpoint,
      Attributes,
      ReturnSubscriptionArn: true,
    });
    const arn = required(SubscriptionArn, 'SubscriptionArn');
    return { physicalId: arn, attributes: { Arn: arn } };
  },
  async update({ properties: p, previous, physicalId: SubscriptionArn, previousAttributes, invoke }) {
    for (const AttributeName of settable) {
      if (JSON.stringify(p[AttributeName]) === JSON.stringify(previous[AttributeName])) continue;
      const absent = AttributeName === 'RawMessageDelivery' ? 'false' : '';
      await invoke('sns', 'SetSubscriptionAttributes', {
        SubscriptionArn,
        AttributeName,
        AttributeValue: p[AttributeName] === undefined ? absent : text(p[AttributeName]),
      });
    }
    return { physicalId: SubscriptionArn, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId: SubscriptionArn, invoke }) {
    await invoke('sns', 'Unsubscribe', { SubscriptionArn });
  },
});
