/** Tells of log lines that could not be written: at once, and then at most once a minute for each log group. */
import { reasonOf } from '../core/events.ts';
import type { ServiceEnvironment } from './service.ts';

/** @param source what said the lines, such as `function x` */
type ReportLoss = (source: string, logGroup: string, lines: number, error: unknown) => void;

const pause = 60_000;

export function createLossReport({ host, clock }: Pick<ServiceEnvironment, 'host' | 'clock'>): ReportLoss {
  /** What was lost since the last report, by log group. */
  const held = new Map<string, { lines: number; source: string; reason: string }>();
  return function report(source, logGroup, lines, error) {
    const reason = reasonOf(error);
    const since = held.get(logGroup);
    if (since) {
      held.set(logGroup, { lines: since.lines + lines, source, reason });
      return;
    }
    host.notify({ name: 'logs.lost', data: { source, logGroup, lines, reason } });
    held.set(logGroup, { lines: 0, source, reason });
    clock.after(pause, () => {
      const more = held.get(logGroup);
      held.delete(logGroup);
      if (more && more.lines > 0) report(more.source, logGroup, more.lines, more.reason);
    });
  };
}
