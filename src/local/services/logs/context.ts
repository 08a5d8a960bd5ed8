/**
 * What CloudWatch Logs' operations share. ARNs in checks end in `:log-stream:…`, as in AWS's denials, so that
 * policies written for `log-group:<name>:*` match; tagging alone is checked against the bare group ARN.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */

import { type Arn, parseArn } from '../../../core/arn.ts';
import { paging } from '../../paging.ts';
import { type AccessCheck, AwsError, type Call, type ServiceEnvironment } from '../../service.ts';
import { invalid, notFound } from './errors.ts';
import type { Group, LogStore, StreamRecord } from './log-store.ts';
import { accountPolicy } from './resource-policies.ts';

export interface LogsContext {
  readonly env: ServiceEnvironment;
  readonly logs: LogStore;
}

interface Named {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

/** The name, given as name, or as ARN. */
export function groupName({ logGroupName, logGroupIdentifier }: Named): string {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw invalid('LogGroupName and LogGroupIdentifier cannot both be given.');
  const given = logGroupName ?? logGroupIdentifier;
  if (!given) throw invalid('Either logGroupName or logGroupIdentifier must be given.');
  const arn = parseArn(given);
  return arn ? groupOf(arn) : given;
}

/** `log-group:name`, `log-group:name:*`, `log-group:name:log-stream:…` */
const groupOf = ({ resource }: Arn): string => /^log-group:([^:]*)/.exec(resource)?.[1] ?? '';

export const groupArn = ({ env }: LogsContext, name: string): string => env.arn('logs', `log-group:${name}`);

export const onGroup =
  (context: LogsContext, action: string) =>
  (input: Named): AccessCheck => ({
    action: `logs:${action}`,
    resource: `${groupArn(context, groupName(input))}:log-stream:`,
  });

/** Services write what the account's resource policies let them write; callers of the account have their own policies. */
export const onStream =
  (context: LogsContext, action: string) =>
  (input: Named & { readonly logStreamName?: string | undefined }, { caller }: Call): AccessCheck => ({
    action: `logs:${action}`,
    resource: `${groupArn(context, groupName(input))}:log-stream:${input.logStreamName ?? ''}`,
    ...(caller.kind === 'service' ? { resourcePolicy: accountPolicy(context.env) } : {}),
  });

export function findGroup({ logs }: LogsContext, input: Named): Group {
  const group = logs.groups.get(groupName(input));
  if (!group) throw notFound('group');
  return group;
}

export function findStream(group: Group, name: string | undefined): StreamRecord {
  const stream = group.streams.get(name ?? '');
  if (!stream) throw notFound('stream');
  return stream;
}

/** The group that an ARN names, for tagging. */
export function groupByArn({ logs }: LogsContext, arn: string | undefined): Group {
  const parts = parseArn(arn);
  const group = parts?.service === 'logs' ? logs.groups.get(groupOf(parts)) : undefined;
  if (!group) throw notFound('group');
  return group;
}

const invalidToken = () => new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');

export const page = paging({ defaultLimit: 50, invalidToken });

export const encodeToken = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

export function decodeToken<T>(token: string | undefined): T | undefined {
  if (token === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as T;
  } catch {
    throw invalidToken();
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function checkRetention(days: number | undefined): number {
  if (days === undefined || !retentions.includes(days))
    throw invalid(`retentionInDays must be one of ${retentions.join(', ')}, not ${days}.`);
  return days;
}
