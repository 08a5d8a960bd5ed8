import type { FilterRule, NotificationConfiguration } from '@aws-sdk/client-s3';
import { parseArn } from '../../../../core/arn.ts';
import { AwsError, operation, unsupported } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { BucketRecord } from '../buckets.ts';
import type { S3Context } from '../context.ts';
import { invalidArgument, malformedXml } from '../errors.ts';
import { targetsOf } from '../notifications.ts';

/** Queues, topics, functions and EventBridge. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
export const putBucketNotificationConfiguration = (ctx: S3Context) =>
  operation('s3', 'PutBucketNotificationConfiguration', {
    accepts: ['Bucket', 'NotificationConfiguration', 'SkipDestinationValidation', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketNotification'),
    *problems({ NotificationConfiguration: wanted = {} }) {
      for (const { events } of targetsOf(wanted))
        for (const event of events) if (!eventNames.test(event)) yield otherEvent(event);
    },
    async handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const given = input.NotificationConfiguration ?? {};
      const named = withIds(given, ctx.env.randomId);
      checkTargets(ctx, bucket, named);
      if (!input.SkipDestinationValidation) await tryTargets(ctx, bucket, named);
      ctx.buckets.change(bucket.name, {
        notification: Object.keys(named).length > 0 ? named : undefined,
      });
      return {};
    },
  });

function withIds(
  given: NotificationConfiguration,
  randomId: (length: number) => string,
): NotificationConfiguration {
  const named = <T extends { Id?: string | undefined }>(list: T[]) =>
    list.map((one) => ({ ...one, Id: one.Id ?? randomId(36) }));
  const { QueueConfigurations: queues, TopicConfigurations: topics } = given;
  const { LambdaFunctionConfigurations: functions } = given;
  return {
    ...(topics?.length ? { TopicConfigurations: named(topics) } : {}),
    ...(queues?.length ? { QueueConfigurations: named(queues) } : {}),
    ...(functions?.length ? { LambdaFunctionConfigurations: named(functions) } : {}),
    ...(given.EventBridgeConfiguration ? { EventBridgeConfiguration: {} } : {}),
  };
}

const eventNames =
  /^s3:(ObjectCreated:(\*|Put|Copy|CompleteMultipartUpload)|ObjectRemoved:(\*|Delete|DeleteMarkerCreated)|ObjectTagging:(\*|Put|Delete)|LifecycleExpiration:(\*|Delete|DeleteMarkerCreated)|LifecycleTransition)$/;

const otherEvent = (event: string) =>
  unsupported(`the event ${event} of s3:PutBucketNotificationConfiguration`);

function checkTargets(ctx: S3Context, bucket: BucketRecord, wanted: NotificationConfiguration): void {
  for (const { events, kind, arn, rules } of targetsOf(wanted)) {
    if (events.length === 0) throw malformedXml();
    checkRules(rules);
    for (const event of events) if (!eventNames.test(event)) throw otherEvent(event);
    const { service, region } = parseArn(arn) ?? {};
    if (service !== kind || region !== bucket.region || !ctx.env.canDeliver(arn))
      throw new AwsError('InvalidArgument', 'The ARN could not be parsed', 400, {
        ArgumentValue: arn,
      });
  }
}

function checkRules(rules: readonly FilterRule[]): void {
  for (const { Name: name, Value: value } of rules) {
    if (name === undefined || value === undefined) throw malformedXml();
    if (!/^(prefix|suffix)$/i.test(name))
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', name);
  }
}

async function tryTargets(
  ctx: S3Context,
  bucket: BucketRecord,
  wanted: NotificationConfiguration,
): Promise<void> {
  try {
    await ctx.notifications.test(bucket, wanted);
  } catch (error) {
    throw new AwsError(
      'InvalidArgument',
      'Unable to validate the following destination configurations',
      400,
      {
        Reason: (error as Error).message,
      },
    );
  }
}
