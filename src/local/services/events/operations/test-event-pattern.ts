import { compilePattern } from '../../../event-pattern.ts';
import { AwsError, operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
export const testEventPattern = (_: EventsContext) =>
  operation('events', 'TestEventPattern', {
    accepts: 'all',
    access: () => ({ action: 'events:TestEventPattern', resource: '*' }),
    handle({ Event = '', EventPattern = '' }) {
      const matches = compilePattern(EventPattern);
      let event: unknown;
      try {
        event = JSON.parse(Event);
      } catch {
        throw new AwsError('ValidationException', 'Parameter Event is not valid. Reason: it is not JSON');
      }
      for (const name of ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'])
        if ((event as Readonly<Record<string, unknown>>)[name] === undefined)
          throw new AwsError(
            'ValidationException',
            `Parameter Event is not valid. Reason: ${name} is a required field.`,
          );
      return { Result: matches(event) };
    },
  });
