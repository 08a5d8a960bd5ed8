import { defineType } from './facts.ts';

export const eventsEventBus = defineType({
  type: 'AWS::Events::EventBus',
  called: 'event bus',
  name: 'Name',
  drawn: { category: 'messaging' },
  store: {
    kind: 'event-bus',
    write: ['events:PutEvents'],
    admin: ['events:PutPermission', 'events:DeleteEventBus'],
  },
});
