/** Rules and targets as kept, and what the operations share. Only the default bus is here. */

import type { Target } from '@aws-sdk/client-eventbridge';
import { paging } from '../../paging.ts';
import { AwsError, type ServiceEnvironment, unsupported } from '../../service.ts';
import type { Collection } from '../../store/store.ts';

export interface RuleRecord {
  readonly name: string;
  readonly description?: string;
  readonly eventPattern?: string;
  readonly scheduleExpression?: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly roleArn?: string;
  readonly targets: readonly Target[];
  /** ms since the epoch; rate() counts from here. */
  readonly since: number;
  readonly createdBy: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface EventsStore {
  readonly env: ServiceEnvironment;
  readonly rules: Collection<RuleRecord>;
  ruleArn(name: string): string;
  busArn: string;
}

export const createEventsStore = (env: ServiceEnvironment): EventsStore => ({
  env,
  rules: env.store.collection('events/rules'),
  ruleArn: (name) => env.arn('events', `rule/${name}`),
  busArn: env.arn('events', 'event-bus/default'),
});

export function checkBus(context: EventsStore, name: string | undefined): void {
  if (name !== undefined && name !== 'default' && name !== context.busArn)
    throw unsupported(`the event bus ${name}: only the default bus is here`);
}

export function findRule(context: EventsStore, name = ''): RuleRecord {
  const found = context.rules.get(name);
  if (!found)
    throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  return found;
}

/** Permission for an action on one rule of the default bus. */
export const onRule =
  (context: EventsStore, action: string) =>
  (input: { readonly Name?: string | undefined; readonly Rule?: string | undefined }) => ({
    action: `events:${action}`,
    resource: context.ruleArn(input.Name ?? input.Rule ?? ''),
  });

export const page = paging({
  defaultLimit: 100,
  invalidToken: (token) => new AwsError('ValidationException', `Invalid NextToken: ${token}`),
});

export const ruleByArn = (store: EventsStore, arn = '') =>
  findRule(store, arn.slice(arn.lastIndexOf('/') + 1));
