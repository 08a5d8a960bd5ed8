/** The attributes of a subscription. https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
import { parseArn } from '../../../core/arn.ts';
import { isObject } from '../../../core/is-object.ts';
import { unsupported } from '../../service.ts';
import { invalid } from './errors.ts';
import { filterScopes, parseFilterPolicy } from './filter-policy.ts';

type Attributes = Readonly<Record<string, string>>;

/**
 * `all` are the attributes that the subscription has with this one.
 *
 * @returns the value as it is kept
 */
export function readSubscriptionAttribute(name: string, value: string, all: Attributes): string {
  switch (name) {
    case 'RawMessageDelivery':
      if (!/^(true|false)$/i.test(value))
        throw invalid(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
      return value.toLowerCase();
    case 'FilterPolicyScope':
      if (!filterScopes.some((scope) => scope === value))
        throw invalid(
          `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
        );
      return value;
    case 'FilterPolicy':
      if (value !== '')
        parseFilterPolicy(
          value,
          all.FilterPolicyScope === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
        );
      return value;
    case 'RedrivePolicy':
      if (value !== '') deadLetterArn(value);
      return value;
    case 'DeliveryPolicy':
    case 'ReplayPolicy':
    case 'SubscriptionRoleArn':
      throw unsupported(`the subscription attribute ${name}`);
    default:
      throw invalid('AttributeName');
  }
}

export function deadLetterArn(text: string): string {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalid('RedrivePolicy: failed to parse JSON.');
  }
  const arn = isObject(policy) ? policy.deadLetterTargetArn : undefined;
  if (typeof arn !== 'string' || parseArn(arn)?.service !== 'sqs')
    throw invalid('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  return arn;
}

/** A FIFO topic's subscription of a FIFO queue has a FIFO queue for its dead letters. */
export function checkDeadLetters(
  topicArn: string,
  endpoint: string,
  { RedrivePolicy }: Readonly<Record<string, string>>,
): void {
  if (!RedrivePolicy || !topicArn.endsWith('.fifo') || !endpoint.endsWith('.fifo')) return;
  if (!deadLetterArn(RedrivePolicy).endsWith('.fifo'))
    throw invalid('RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.');
}
