/** An event as one line for a person: what an app said may hold line ends and codes that a terminal would act on. */
import { eventKinds, eventText, type SlipwayEvent } from '../core/events.ts';
import type { KeptEvent } from '../local/event-log.ts';
import type { Style } from './terminal.ts';

export function showEvent(event: SlipwayEvent & { readonly times: number }, style: Style): string {
  const { severity } = eventKinds[event.name];
  const text = eventText(event).replace(/\p{Cc}+/gu, ' ');
  const shown = severity === 'error' ? style.red(text) : severity === 'warning' ? style.yellow(text) : text;
  return event.times > 1 ? `${shown} ${style.dim(`(${event.times} times)`)}` : shown;
}

/** An event as `--json` prints it. */
export const eventJson = (event: KeptEvent) => ({
  number: event.number,
  time: new Date(event.time).toISOString(),
  name: event.name,
  severity: eventKinds[event.name].severity,
  times: event.times,
  text: eventText(event),
  data: event.data,
});
