import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';
import { editPolicy } from '../permissions.ts';

/** Succeeds for a statement that is not there, as on AWS. */
export const removePermission = (context: SnsContext) =>
  operation('sns', 'RemovePermission', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'RemovePermission', TopicArn, call),
    handle({ TopicArn, Label }) {
      editPolicy(context, findTopic(context, TopicArn), (statements) =>
        statements.filter(({ Sid }) => Sid !== Label),
      );
      return {};
    },
  });
