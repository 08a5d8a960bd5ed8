import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { type AccessCheck, operation, unsupported } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { randomId } from '../dispatch.ts';
import { busPolicy } from '../policy.ts';
import { busArn, busName, defaultBus, findBus } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export const putEvents = (context: EventsContext) =>
  operation('events', 'PutEvents', {
    accepts: ['Entries'],
    access(input, call): AccessCheck[] {
      // Services of AWS put their own events on the default bus.
      if (
        call.caller.kind === 'service' &&
        (input.Entries ?? []).every(({ EventBusName }) => isDefault(context, EventBusName))
      )
        return [];
      return (input.Entries ?? []).map(({ Source = '', DetailType = '', EventBusName }) => ({
        action: 'events:PutEvents',
        resource: busArn(context, busName(context, EventBusName)),
        resourcePolicy: busPolicy(context, EventBusName),
        context: { 'events:source': Source, 'events:detail-type': DetailType },
      }));
    },
    handle({ Entries: entries = [] }, call) {
      const answers = entries.map((entry): PutEventsResultEntry => {
        const problem = check(entry, call.caller.kind === 'service');
        if (problem) return problem;
        if (entry.TraceHeader) throw unsupported('TraceHeader of events:PutEvents');
        const { name: bus } = findBus(context, entry.EventBusName);
        const EventId = randomId(context.env.randomId);
        const time = entry.Time ?? new Date(context.env.clock.now());
        context.dispatcher.publish(bus, {
          version: '0',
          id: EventId,
          'detail-type': entry.DetailType,
          source: entry.Source ?? '',
          account: context.env.accountId,
          time: time.toISOString().replace(/\.\d{3}Z$/, 'Z'),
          region: context.env.region,
          resources: entry.Resources ?? [],
          detail: JSON.parse(entry.Detail ?? '{}') as unknown,
        });
        return { EventId };
      });
      return {
        Entries: answers,
        FailedEntryCount: answers.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      };
    },
  });

const isDefault = (context: EventsContext, given: string | undefined) =>
  busName(context, given) === defaultBus;

function check(
  { Source, DetailType, Detail = '' }: PutEventsRequestEntry,
  service: boolean,
): PutEventsResultEntry | undefined {
  const invalid = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
  if (!Source)
    return invalid(
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    );
  if (!DetailType)
    return invalid(
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    );
  if (Source.startsWith('aws.') && !service)
    return invalid('NotAuthorizedForSourceException', 'Not authorized for the source.');
  try {
    const detail: unknown = JSON.parse(Detail);
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return undefined;
  } catch {
    // Answered below.
  }
  return invalid('MalformedDetail', 'Detail is malformed.');
}
