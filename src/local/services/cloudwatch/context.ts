/** What CloudWatch's operations share. */

import { formatArn } from '../../../core/arn.ts';
import { paging } from '../../paging.ts';
import { type AccessCheck, AwsError, type Call, type ServiceEnvironment } from '../../service.ts';
import type { AlarmRecord } from './alarm-record.ts';
import type { Alarms } from './alarms.ts';
import type { MetricStore } from './metric-store.ts';

export interface CloudWatchContext {
  readonly env: ServiceEnvironment;
  readonly metrics: MetricStore;
  readonly alarms: Alarms;
}

/** AWS's own services publish metrics and watch alarms by their own right. */
export const access = (action: string, resource: string, call: Call): readonly AccessCheck[] =>
  call.caller.kind === 'service' ? [] : [{ action: `cloudwatch:${action}`, resource }];

export const onAlarm =
  ({ alarms }: CloudWatchContext, action: string) =>
  ({ AlarmName = '' }: { readonly AlarmName?: string | undefined }, call: Call) =>
    access(action, alarms.arn(AlarmName), call);

export const onAlarms =
  ({ alarms }: CloudWatchContext, action: string) =>
  ({ AlarmNames = [] }: { readonly AlarmNames?: string[] | undefined }, call: Call) =>
    AlarmNames.flatMap((name) => access(action, alarms.arn(name), call));

export const onNothing = (action: string) => (_: unknown, call: Call) => access(action, '*', call);

export const dashboardArn = ({ env }: CloudWatchContext, name = '') =>
  formatArn({ service: 'cloudwatch', account: env.accountId, resource: `dashboard/${name}` });

export const page = paging({
  defaultLimit: 100,
  invalidToken: () => new AwsError('InvalidNextToken', 'The token is invalid.'),
});

/** What an alarm keeps when it is configured again: its state. */
export const stateOf = (
  before: AlarmRecord | undefined,
  now: number,
): Pick<AlarmRecord, 'state' | 'reason' | 'reasonData' | 'stateAt'> =>
  before
    ? {
        state: before.state,
        reason: before.reason,
        stateAt: before.stateAt,
        ...(before.reasonData === undefined ? {} : { reasonData: before.reasonData }),
      }
    : { state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', stateAt: now };

type Tags = Readonly<Record<string, string>>;
export const tagsOf = (env: ServiceEnvironment) => env.store.collection<Tags>('cloudwatch.tags');

export function putTags(
  env: ServiceEnvironment,
  arn: string,
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): void {
  if (!tags || tags.length === 0) return;
  const kept = tagsOf(env);
  kept.put(arn, {
    ...kept.get(arn),
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  });
}
