import { formatArn } from '../../../../core/arn.ts';
import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { editPolicy } from '../permissions.ts';

/** https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const actions = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
];

/** AWS writes a list of one as its item. */
const oneOrMore = (items: readonly string[]) => (items.length === 1 ? items[0] : items);

export const addPermission = (context: SnsContext) =>
  operation('sns', 'AddPermission', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'AddPermission', TopicArn, call),
    handle({ TopicArn, Label = '', AWSAccountId = [], ActionName = [] }) {
      const topic = findTopic(context, TopicArn);
      if (ActionName.some((name) => !actions.includes(name)))
        throw invalid('Policy statement action out of service scope!');
      editPolicy(context, topic, (statements) => {
        if (statements.some(({ Sid }) => Sid === Label)) throw invalid('Statement already exists');
        const principals = AWSAccountId.map((id) =>
          formatArn({ service: 'iam', account: id, resource: 'root' }),
        );
        return [
          ...statements,
          {
            Sid: Label,
            Effect: 'Allow',
            Principal: { AWS: oneOrMore(principals) },
            Action: oneOrMore(ActionName.map((name) => `SNS:${name}`)),
            Resource: topic.arn,
          },
        ];
      });
      return {};
    },
  });
