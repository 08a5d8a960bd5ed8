/** What Lambda asks of a function's role when the function, a destination or an event source is made or changed. */
import { parseArn } from '../../../core/arn.ts';
import type { Caller } from '../../../iam/index.ts';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import { queueUrlOf } from '../../urls.ts';
import { invalidParameter } from './errors.ts';
import { sessionName } from './names.ts';
import type { FunctionRecord } from './records.ts';

type RoleOf = Pick<FunctionRecord, 'role' | 'name'>;

/** @throws when the role's trust policy does not name Lambda */
export async function executionRole(env: ServiceEnvironment, { role, name }: RoleOf): Promise<Caller> {
  try {
    return (await env.assumeRole(role, 'lambda.amazonaws.com', sessionName(name))).caller;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidParameter(`The role defined for the function cannot be assumed by Lambda. ${error.message}`);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
const interfaceActions = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'];

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
export async function checkExecutionRole(
  env: ServiceEnvironment,
  record: RoleOf & Pick<FunctionRecord, 'deadLetterArn' | 'vpc'>,
): Promise<void> {
  const caller = await executionRole(env, record);
  if (record.deadLetterArn) {
    const lacking = await lackingFor(env, caller, record.deadLetterArn);
    if (lacking)
      throw lacksPermission('The provided', `${lacking.action} on ${lacking.service}`, lacking.error);
  }
  if (record.vpc?.subnetIds.length)
    for (const action of interfaceActions) {
      const error = env.foreseeAction(caller, `ec2:${action}`);
      if (error) throw lacksPermission('The provided', `${action} on EC2`, error);
    }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export async function checkDestinations(
  env: ServiceEnvironment,
  role: RoleOf,
  arns: readonly string[],
): Promise<void> {
  const caller = await executionRole(env, role);
  for (const arn of arns) {
    const lacking = await lackingFor(env, caller, arn);
    if (!lacking) continue;
    if (lacking.error.code !== 'AccessDeniedException')
      throw invalidParameter(`The destination ARN ${arn} is invalid.`);
    throw lacksPermission("The function's", `${lacking.action} on ${arn}`, lacking.error);
  }
}

const lacksPermission = (whose: string, what: string, error: AwsError) =>
  invalidParameter(`${whose} execution role does not have permissions to call ${what} (${error.message})`);

interface Lacking {
  readonly action: string;
  readonly service: string;
  readonly error: AwsError;
}

/** What the role lacks to send to this ARN. */
async function lackingFor(
  env: ServiceEnvironment,
  caller: Caller,
  arn: string,
): Promise<Lacking | undefined> {
  const { service } = parseArn(arn) ?? {};
  const [action, error] = await (async (): Promise<[string, AwsError | undefined]> => {
    switch (service) {
      case 'sqs': {
        const QueueUrl = queueUrlOf(arn, env.endpoint);
        return [
          'SendMessage',
          await env.foresee(caller, 'sqs', 'SendMessage', { QueueUrl, MessageBody: '' }),
        ];
      }
      case 'sns':
        return ['Publish', await env.foresee(caller, 'sns', 'Publish', { TopicArn: arn, Message: '' })];
      case 'lambda':
        return ['InvokeFunction', await env.foresee(caller, 'lambda', 'Invoke', { FunctionName: arn })];
      default:
        return [
          'PutEvents',
          await env.foresee(caller, 'events', 'PutEvents', { Entries: [{ EventBusName: arn }] }),
        ];
    }
  })();
  return error && { action, service: (service ?? '').toUpperCase(), error };
}
