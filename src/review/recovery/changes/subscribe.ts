/** Adds a subscriber to a topic that alarms go to and that has none. */
import type { Change } from './model.ts';

export const subscribe: Change = {
  id: 'subscribe',
  propose: (component, { context, components }) => {
    if (component.noticed === null || component.noticed.tells === 'person') return undefined;
    const topicOf = (alarmId: string) => {
      const alarm = context.app.byId(alarmId);
      if (alarm === undefined) return undefined;
      return context.app
        .namedIn([alarm.properties.AlarmActions ?? [], alarm.properties.Targets ?? []])
        .find(({ type }) => type === 'AWS::SNS::Topic');
    };
    const topic = topicOf(component.noticed.alarm);
    if (topic === undefined) return undefined;
    const covered = components.filter(
      ({ noticed }) => noticed !== null && noticed.tells !== 'person' && topicOf(noticed.alarm) === topic,
    );
    return {
      id: `subscribe@${topic.id}`,
      title: `Subscribe somebody to ${topic.name}`,
      how: 'AWS::SNS::Subscription with an e-mail address, a chat channel or the on-call tool as its endpoint, confirmed once',
      components: covered.map(({ id }) => id),
      adds: () => [],
      notices: ({ noticed }) => ({
        alarm: noticed?.alarm ?? topic.name,
        afterSeconds: noticed?.afterSeconds ?? 60,
        tells: 'person',
      }),
      prices: [
        {
          priceId: 'sns.deliveries.email',
          what: 'notifications',
          quantity: 100,
          basis: { figure: 'a hundred e-mails a month', source: 'assumed by this model', assumed: true },
        },
      ],
    };
  },
};
