/**
 * The functions and queues that get what comes to a topic, an event bus or a bucket. Filters and event patterns are not
 * evaluated: each receiver is taken to get everything, which is listed.
 */
import { type Resource, type Trigger, triggeredBy, valueAt } from '../../../architecture/index.ts';
import { type Draft, unclear } from './context.ts';

/** @param source a topic, bus or bucket, or a rule on the account's default event bus */
export function receiversOf(draft: Draft, source: Resource): readonly Trigger[] {
  return triggeredBy(draft.app, source).filter((trigger) => {
    if (trigger.kind !== 'event' || !receives(draft, trigger.to)) return false;
    const { via } = trigger;
    if (valueAt(via.properties, 'FilterPolicy') !== undefined)
      unclear(draft, via, 'FilterPolicy', 'filters are not evaluated: every message is taken to pass');
    if (valueAt(via.properties, 'EventPattern') !== undefined)
      draft.notes.add(`${via.name}: its event pattern is not evaluated; every event is taken to match.`);
    return true;
  });
}

/** The model has it, as something that messages and events can be sent to. */
export function receives(draft: Draft, resource: Resource): boolean {
  const kind = draft.built.get(resource.id)?.node.kind;
  return kind === 'function' || kind === 'queue';
}
