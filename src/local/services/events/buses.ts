import type { EventBus } from '@aws-sdk/client-eventbridge';
import { policyText } from './policy.ts';
import { type BusRecord, busArn, type EventsStore } from './store.ts';

/** A bus as AWS shows it. */
export const describeBus = (store: EventsStore, bus: BusRecord): EventBus => ({
  Name: bus.name,
  Arn: busArn(store, bus.name),
  Description: bus.description,
  Policy: policyText(bus.statements),
  ...(bus.createdAt > 0
    ? { CreationTime: new Date(bus.createdAt), LastModifiedTime: new Date(bus.changedAt) }
    : {}),
});
