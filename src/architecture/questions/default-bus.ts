/** Rules without an event bus of their own listen to the account's default one, on which AWS's own events are, too. */
import type { Resource } from '../app/model.ts';
import { oncePerApp } from '../app/once.ts';
import { isUnresolved, textAt, valueAt } from '../app/values.ts';

export const rulesOnDefaultBus = oncePerApp((app): readonly Resource[] =>
  app.resources.filter((rule) => {
    if (valueAt(rule.properties, 'EventPattern') === undefined) return false;
    const bus = textAt(rule.properties, 'EventBusName');
    return !isUnresolved(bus) && (bus === undefined || bus === 'default');
  }),
);

/** Those of them that events of an app can match. */
export const rulesOnOwnEvents = oncePerApp((app): readonly Resource[] =>
  rulesOnDefaultBus(app).filter(
    ({ properties }) => !/"aws\./.test(JSON.stringify(properties.EventPattern?.valueOf() ?? {})),
  ),
);
