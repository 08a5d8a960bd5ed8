/**
 * The calls that an AwsCustomResource of the CDK makes, judged by the template: a service or an operation that is not
 * here is known before the resource's function fails with it.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsSdkCall.html
 */
import { isObject } from '../../../../core/is-object.ts';
import { hasCode, type Rehearsal } from '../../../service.ts';

/** Services here by the names of the SDK's clients, without hyphens, and what the second SDK called them. */
const services: Readonly<Record<string, string>> = {
  apigateway: 'apigateway',
  applicationautoscaling: 'application-autoscaling',
  cloudcontrol: 'cloudcontrol',
  cloudformation: 'cloudformation',
  cloudfront: 'cloudfront',
  cloudwatch: 'cloudwatch',
  cloudwatchevents: 'events',
  cloudwatchlogs: 'logs',
  dynamodb: 'dynamodb',
  dynamodbstreams: 'dynamodbstreams',
  ec2: 'ec2',
  ecr: 'ecr',
  ecs: 'ecs',
  eventbridge: 'events',
  iam: 'iam',
  lambda: 'lambda',
  s3: 's3',
  sfn: 'states',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  stepfunctions: 'states',
  sts: 'sts',
};

type Rehearse = (service: string, operation: string, input: object) => Promise<Rehearsal>;

export async function awsCallProblems(
  properties: Readonly<Record<string, unknown>>,
  rehearse: Rehearse,
): Promise<string[]> {
  const problems: string[] = [];
  for (const when of ['Create', 'Update', 'Delete']) {
    const call = callOf(properties[when]);
    if (!call) continue;
    const { service, action } = call;
    const id =
      services[
        service
          .replace(/^@aws-sdk\/client-/, '')
          .replaceAll(/[-_]/g, '')
          .toLowerCase()
      ];
    const operation = `${action.charAt(0).toUpperCase()}${action.slice(1)}`.replace(/Command$/, '');
    const text = `Slipway does not support ${service}.${action}, which ${when} calls. It is refused rather than ignored.`;
    if (id === undefined) problems.push(text);
    else {
      const { problems: found } = await rehearse(id, operation, {});
      if (found.some((one) => hasCode(one, 'NotImplemented') && one.message.includes(`${id}:${operation}`)))
        problems.push(text);
    }
  }
  return [...new Set(problems)];
}

/** A call is JSON in a text. */
function callOf(text: unknown): { readonly service: string; readonly action: string } | undefined {
  if (typeof text !== 'string' || !text.startsWith('{')) return undefined;
  try {
    const call = JSON.parse(text) as unknown;
    if (isObject(call) && typeof call.service === 'string' && typeof call.action === 'string')
      return { service: call.service, action: call.action };
  } catch {
    // Not such a call.
  }
  return undefined;
}
