/** Buses, rules and targets as kept, and what the operations share. */

import type { Target } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../../core/arn.ts';
import { paging } from '../../paging.ts';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';

export interface RuleRecord {
  readonly name: string;
  /** Absent on the default bus. */
  readonly bus?: string;
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

export interface BusRecord {
  readonly name: string;
  readonly description?: string | undefined;
  readonly deadLetterArn?: string | undefined;
  /** What a policy says, statement by statement. */
  readonly statements: readonly BusStatement[];
  /** ms since the epoch */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A statement of a policy as its JSON has it. */
export type BusStatement = Readonly<Record<string, unknown>> & { readonly Sid?: string };

export interface EventsStore {
  readonly env: ServiceEnvironment;
  /** By the name of a rule on the default bus, or [bus, rule]. */
  readonly rules: Collection<RuleRecord>;
  /** The default bus has a record once it has a policy or tags. */
  readonly buses: Collection<BusRecord>;
}

export const createEventsStore = (env: ServiceEnvironment): EventsStore => ({
  env,
  rules: env.store.collection('events/rules'),
  buses: env.store.collection('events/buses'),
});

export const defaultBus = 'default';

export const busArn = ({ env }: EventsStore, bus: string): string => env.arn('events', `event-bus/${bus}`);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies */
export const ruleArn = (
  { env }: EventsStore,
  { bus = defaultBus, name }: Pick<RuleRecord, 'bus' | 'name'>,
): string => env.arn('events', bus === defaultBus ? `rule/${name}` : `rule/${bus}/${name}`);

/** The name of a bus, which may be given by its ARN. */
export function busName({ env }: EventsStore, given: string | undefined): string {
  if (!given?.startsWith('arn:')) return given || defaultBus;
  const { account, region, resource = '' } = parseArn(given) ?? {};
  if (account !== env.accountId || region !== env.region || !resource.startsWith('event-bus/'))
    throw noBus(given);
  return resource.slice('event-bus/'.length);
}

const noBus = (name: string) =>
  new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);

/** What there is of a bus. @throws ResourceNotFoundException */
export function findBus(store: EventsStore, given: string | undefined): BusRecord {
  const name = busName(store, given);
  const found = store.buses.get(name);
  if (found) return found;
  if (name !== defaultBus) throw noBus(name);
  return { name, statements: [], createdAt: 0, changedAt: 0, tags: {} };
}

export const ruleKey = (bus: string | undefined, name: string): string | [string, string] =>
  bus === undefined || bus === defaultBus ? name : [bus, name];

export const putRuleRecord = (store: EventsStore, record: RuleRecord): void =>
  store.rules.put(ruleKey(record.bus, record.name), record);

export function findRule(store: EventsStore, name = '', given?: string): RuleRecord {
  const { name: bus } = findBus(store, given);
  const found = store.rules.get(ruleKey(bus, name));
  if (!found)
    throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
  return found;
}

export const rulesOf = (store: EventsStore, given: string | undefined): RuleRecord[] => {
  const { name } = findBus(store, given);
  return [...store.rules.values()].filter(({ bus = defaultBus }) => bus === name);
};

/** Permission for an action on one rule. */
export const onRule =
  (store: EventsStore, action: string) =>
  (input: {
    readonly Name?: string | undefined;
    readonly Rule?: string | undefined;
    readonly EventBusName?: string | undefined;
  }) => ({
    action: `events:${action}`,
    resource: ruleArn(store, {
      bus: busName(store, input.EventBusName),
      name: input.Name ?? input.Rule ?? '',
    }),
  });

export const page = paging({
  defaultLimit: 100,
  invalidToken: (token) => new AwsError('ValidationException', `Invalid NextToken: ${token}`),
});

/** `rule/name` or `rule/bus/name`; names of buses may have slashes. */
export function ruleByArn(store: EventsStore, arn = ''): RuleRecord {
  const path = arn.slice(arn.indexOf(':rule/') + ':rule/'.length);
  const slash = path.lastIndexOf('/');
  return slash < 0 ? findRule(store, path) : findRule(store, path.slice(slash + 1), path.slice(0, slash));
}

export const isBusArn = (arn = ''): boolean => arn.includes(':event-bus/');
