/**
 * The attributes of a queue: which there are, their defaults, and what AWS takes for each.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
import { lookup } from '../../../core/lookup.ts';
import { PolicyError, parsePolicy } from '../../../iam/index.ts';
import { AwsError } from '../../service.ts';
import { invalidAttributeName, invalidAttributeValue } from './errors.ts';

export type Attributes = Readonly<Record<string, string>>;

interface Setting {
  readonly default?: string;
  readonly fifoOnly?: true;
  /** Whether an empty text takes the attribute away. */
  readonly removable?: true;
  /** `True` is `true`. */
  readonly anyCase?: true;
  /** @returns what is wrong with it */
  check(value: string): string | undefined;
}

const range = (fallback: number, min: number, max: number): Setting => ({
  default: String(fallback),
  check: (value) =>
    /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `Must be an integer between ${min} and ${max}, not ${value}.`,
});
const oneOf = (...values: string[]): Setting => ({
  check: (value) => (values.includes(value) ? undefined : `Must be ${values.join(' or ')}, not ${value}.`),
});
const truth: Setting = { ...oneOf('true', 'false'), anyCase: true };
const json = (check: (value: Record<string, unknown>) => string | undefined): Setting => ({
  removable: true,
  check(text) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return 'Not valid JSON.';
    }
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? check(value as Record<string, unknown>)
      : 'Not a JSON object.';
  },
});

/** Largest message since August 2025. */
export const largestMessage = 1_048_576;

export const settings: Readonly<Record<string, Setting>> = {
  DelaySeconds: range(0, 0, 900),
  MaximumMessageSize: range(largestMessage, 1024, largestMessage),
  MessageRetentionPeriod: range(345_600, 60, 1_209_600),
  ReceiveMessageWaitTimeSeconds: range(0, 0, 20),
  VisibilityTimeout: range(30, 0, 43_200),
  Policy: {
    removable: true,
    check(text) {
      try {
        parsePolicy(text, 'resource');
      } catch (error) {
        if (error instanceof PolicyError) return error.message;
        throw error;
      }
    },
  },
  RedrivePolicy: json((value) => {
    const count = Number(value.maxReceiveCount);
    for (const key of Object.keys(value))
      if (key !== 'deadLetterTargetArn' && key !== 'maxReceiveCount') return `Unknown member ${key}.`;
    if (typeof value.deadLetterTargetArn !== 'string') return 'deadLetterTargetArn is missing.';
    return Number.isInteger(count) && count >= 1 && count <= 1000
      ? undefined
      : `maxReceiveCount must be between 1 and 1000, not ${value.maxReceiveCount}.`;
  }),
  RedriveAllowPolicy: json((value) => {
    const { redrivePermission, sourceQueueArns } = value;
    if (!['allowAll', 'denyAll', 'byQueue'].includes(String(redrivePermission)))
      return `redrivePermission must be allowAll, denyAll or byQueue, not ${redrivePermission}.`;
    if (redrivePermission !== 'byQueue')
      return sourceQueueArns === undefined ? undefined : 'sourceQueueArns goes with byQueue only.';
    return Array.isArray(sourceQueueArns) && sourceQueueArns.length > 0 && sourceQueueArns.length <= 10
      ? undefined
      : 'byQueue needs 1 to 10 sourceQueueArns.';
  }),
  // Encryption changes nothing that a client of the queue can see: kept and answered.
  KmsMasterKeyId: { removable: true, check: () => undefined },
  KmsDataKeyReusePeriodSeconds: { ...range(300, 60, 86_400), default: undefined } as Setting,
  SqsManagedSseEnabled: truth,
  FifoQueue: { ...oneOf('true'), anyCase: true, fifoOnly: true },
  ContentBasedDeduplication: { ...truth, fifoOnly: true },
  DeduplicationScope: { ...oneOf('queue', 'messageGroup'), fifoOnly: true },
  FifoThroughputLimit: { ...oneOf('perQueue', 'perMessageGroupId'), fifoOnly: true },
};

/** Attributes that are read only. */
export const readOnly = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
] as const;

/** As they are kept. */
export const readAttributes = (given: Partial<Attributes>): Partial<Attributes> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      lookup(settings, name)?.anyCase ? value?.toLowerCase() : value,
    ]),
  );

export function* attributeProblems(given: Partial<Attributes>, fifo: boolean): Generator<AwsError> {
  for (const [name, value] of Object.entries(given)) {
    const setting = lookup(settings, name);
    if (!setting || value === undefined) {
      yield invalidAttributeName(name);
      continue;
    }
    if (setting.fifoOnly && !fifo) {
      yield name === 'DeduplicationScope' || name === 'FifoThroughputLimit'
        ? new AwsError(
            'InvalidAttributeName',
            `You can specify the ${name} only when FifoQueue is set to true.`,
          )
        : invalidAttributeName(name);
      continue;
    }
    if (value === '' && setting.removable) continue;
    const wrong = setting.check(value);
    if (wrong) yield invalidAttributeValue(name, wrong);
  }
}

/** What a queue has when nothing is said. */
export function defaults(fifo: boolean, given: Partial<Attributes>): Attributes {
  const out: Record<string, string> = {};
  for (const [name, setting] of Object.entries(settings))
    if (setting.default !== undefined) out[name] = setting.default;
  out.SqsManagedSseEnabled = given.KmsMasterKeyId ? 'false' : 'true';
  if (given.KmsMasterKeyId) out.KmsDataKeyReusePeriodSeconds = '300';
  if (fifo)
    Object.assign(out, {
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
  return out;
}

export function mergeAttributes(current: Attributes, given: Partial<Attributes>): Attributes {
  const out: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(given)) {
    if (value === '') delete out[name];
    else if (value !== undefined) out[name] = value;
  }
  // One kind of encryption takes the place of the other.
  if (given.KmsMasterKeyId) out.SqsManagedSseEnabled = 'false';
  else if (given.SqsManagedSseEnabled === 'true') delete out.KmsMasterKeyId;
  if (out.KmsMasterKeyId) out.KmsDataKeyReusePeriodSeconds ??= '300';
  else delete out.KmsDataKeyReusePeriodSeconds;
  return out;
}

interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export function readRedrivePolicy(attributes: Attributes): RedrivePolicy | undefined {
  if (!attributes.RedrivePolicy) return undefined;
  const value = JSON.parse(attributes.RedrivePolicy) as {
    deadLetterTargetArn: string;
    maxReceiveCount: number;
  };
  return {
    deadLetterTargetArn: value.deadLetterTargetArn,
    maxReceiveCount: Number(value.maxReceiveCount),
  };
}

/** May a queue of this ARN name the queue with these attributes as its dead-letter queue? */
export function allowsRedriveFrom(attributes: Attributes, sourceArn: string): boolean {
  if (!attributes.RedriveAllowPolicy) return true;
  const policy = JSON.parse(attributes.RedriveAllowPolicy) as {
    redrivePermission: string;
    sourceQueueArns?: readonly string[];
  };
  return (
    policy.redrivePermission === 'allowAll' ||
    (policy.redrivePermission === 'byQueue' && (policy.sourceQueueArns ?? []).includes(sourceArn))
  );
}
