/**
 * First-class integrations: which parameters each takes, and the request that it makes of them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
import { isObject } from '../../../../core/is-object.ts';

type Parameters = Readonly<Record<string, string>>;

interface Subtype {
  /** The first part of the API's host name. */
  readonly api: string;
  readonly action: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Of a JSON API; the others are sent as a query. */
  body?(parameters: Parameters): object;
}

/** `Name` → `name` */
const lowered = (parameters: Parameters): object =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, value]),
  );

const start: Omit<Subtype, 'action'> = {
  api: 'states',
  required: ['StateMachineArn'],
  optional: ['Name', 'Input'],
  body: lowered,
};

/** Parameters that are lists or numbers are JSON in text. */
const parsed = (text: string | undefined): unknown => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

export const subtypes: Readonly<Record<string, Subtype>> = {
  'EventBridge-PutEvents': {
    api: 'events',
    action: 'PutEvents',
    required: ['Detail', 'DetailType', 'Source'],
    optional: ['Time', 'EventBusName', 'Resources', 'TraceHeader'],
    body: ({ Resources, Time, ...entry }) => ({
      Entries: [
        {
          ...entry,
          ...(Resources === undefined ? {} : { Resources: parsed(Resources) }),
          ...(Time === undefined ? {} : { Time: Date.parse(Time) / 1000 }),
        },
      ],
    }),
  },
  'SQS-SendMessage': {
    api: 'sqs',
    action: 'SendMessage',
    required: ['QueueUrl', 'MessageBody'],
    optional: [
      ...['DelaySeconds', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId'],
      'MessageSystemAttributes',
    ],
  },
  'SQS-ReceiveMessage': {
    api: 'sqs',
    action: 'ReceiveMessage',
    required: ['QueueUrl'],
    optional: [
      ...['AttributeNames', 'MaxNumberOfMessages', 'MessageAttributeNames', 'ReceiveRequestAttemptId'],
      ...['VisibilityTimeout', 'WaitTimeSeconds'],
    ],
  },
  'SQS-DeleteMessage': {
    api: 'sqs',
    action: 'DeleteMessage',
    required: ['ReceiptHandle', 'QueueUrl'],
    optional: [],
  },
  'SQS-PurgeQueue': { api: 'sqs', action: 'PurgeQueue', required: ['QueueUrl'], optional: [] },
  'StepFunctions-StartExecution': { ...start, action: 'StartExecution' },
  'StepFunctions-StartSyncExecution': {
    ...start,
    action: 'StartSyncExecution',
    optional: ['Name', 'Input', 'TraceHeader'],
  },
  'StepFunctions-StopExecution': {
    api: 'states',
    action: 'StopExecution',
    required: ['ExecutionArn'],
    optional: ['Cause', 'Error'],
    body: lowered,
  },
};

/** `MessageAttributes` of a queue's message as its Query API has them: `MessageAttribute.1.Name`. */
export function queryOf(parameters: Parameters): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, text] of Object.entries(parameters)) {
    const value = parsed(text);
    const single = name.replace(/s$/, '');
    if (/Attributes$/.test(name) && isObject(value))
      for (const [i, [key, attribute]] of Object.entries(value).entries()) {
        query.append(`${single}.${i + 1}.Name`, key);
        for (const [field, content] of Object.entries(isObject(attribute) ? attribute : {}))
          query.append(`${single}.${i + 1}.Value.${field}`, String(content));
      }
    else if (/Names$/.test(name))
      for (const [i, one] of (Array.isArray(value) ? value : text.split(',')).entries())
        query.append(`${single}.${i + 1}`, String(one));
    else query.append(name, text);
  }
  return query;
}
