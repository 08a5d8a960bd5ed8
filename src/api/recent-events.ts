/** The newest events of a cloud of this process. */
import { SlipwayError } from '../core/errors.ts';
import {
  eventKinds,
  eventText,
  type Host,
  type Severity,
  type SlipwayEvent,
  severities,
} from '../core/events.ts';

export interface CloudEvent {
  /** Such as `access.denied`; docs/reference/events.md has them all. */
  readonly name: string;
  readonly severity: Severity;
  /** One line for a person. */
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventsQuery {
  /** Only events at least as serious as this: debug, info, warning, error. Default: warning. */
  readonly minSeverity?: Severity;
}

export interface RecentEvents extends Host {
  read(query: EventsQuery): readonly CloudEvent[];
}

/** Older ones are forgotten: a test that runs for a day must not fill the memory. */
const maxEvents = 10_000;

export function createRecentEvents(onEvent: (event: CloudEvent) => void = () => {}): RecentEvents {
  const recent: CloudEvent[] = [];
  return {
    notify(happened: SlipwayEvent) {
      const { name, data } = happened;
      const event = { name, severity: eventKinds[name].severity, text: eventText(happened), data };
      recent.push(event);
      if (recent.length > maxEvents) recent.shift();
      onEvent(event);
    },
    read({ minSeverity = 'warning' }) {
      if (!severities.includes(minSeverity))
        throw new SlipwayError('local.invalid', `${String(minSeverity)} is not a severity`, {
          fix: `give one of ${severities.join(', ')}`,
        });
      return recent.filter(({ severity }) => severities.indexOf(severity) >= severities.indexOf(minSeverity));
    },
  };
}
