import { AwsError, operation, unsupported } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { busArn, defaultBus } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
export const createEventBus = (context: EventsContext) =>
  operation('events', 'CreateEventBus', {
    accepts: ['Name', 'Description', 'Tags', 'DeadLetterConfig'],
    access: ({ Name = '' }) => ({ action: 'events:CreateEventBus', resource: busArn(context, Name) }),
    *problems({ Name = '' }) {
      if (Name.startsWith('aws.partner/')) yield unsupported('event buses of partners');
      else if (Name.includes('/'))
        yield new AwsError('ValidationException', `Event bus name '${Name}' must not contain '/'.`);
    },
    handle({ Name = '', Description, Tags = [], DeadLetterConfig }) {
      const { buses, env } = context;
      if (Name === defaultBus || buses.has(Name))
        throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
      if ([...buses.values()].length >= 100)
        throw new AwsError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        );
      const now = env.clock.now();
      buses.put(Name, {
        name: Name,
        description: Description,
        deadLetterArn: DeadLetterConfig?.Arn,
        statements: [],
        createdAt: now,
        changedAt: now,
        tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      });
      return { EventBusArn: busArn(context, Name), Description, DeadLetterConfig };
    },
  });
