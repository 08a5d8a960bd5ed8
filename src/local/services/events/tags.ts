/** Tags of rules and buses, by their ARNs. */
import { type EventsStore, findBus, isBusArn, putRuleRecord, ruleByArn } from './store.ts';

export const tagsOf = (store: EventsStore, arn: string | undefined): Readonly<Record<string, string>> =>
  isBusArn(arn) ? findBus(store, arn).tags : ruleByArn(store, arn).tags;

export function setTags(
  store: EventsStore,
  arn: string | undefined,
  tags: Readonly<Record<string, string>>,
): void {
  if (isBusArn(arn)) {
    const bus = findBus(store, arn);
    store.buses.put(bus.name, { ...bus, tags });
  } else putRuleRecord(store, { ...ruleByArn(store, arn), tags });
}
