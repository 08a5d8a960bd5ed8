import type { ReadinessReport } from '../../readiness/report.ts';
import { plural, tally } from '../format.ts';
import { type Page, wrap } from './style.ts';

export function readinessLines(report: ReadinessReport, { style, width }: Page): string[] {
  const { counts } = report;
  const blocking = report.items.filter((item) => report.blocking.includes(item.id));
  return [
    `${tally([
      ['yes', counts.yes],
      ['partly', counts.partly],
      ['no', counts.no],
      ['for a person to answer', counts.person],
      ['could not be decided', counts['cannot-tell']],
    ])}; ${report.ready ? style.green('nothing blocks the launch') : `${plural(blocking.length, 'item')} before the launch`}`,
    ...blocking
      .slice(0, 8)
      .flatMap((item) =>
        wrap(
          `${item.answer === 'person' ? 'ask' : item.answer}: ${item.question} ${item.next}`,
          width,
          '    ',
          '  ',
        ),
      ),
    ...(blocking.length > 8 ? [`  … and ${blocking.length - 8} more`] : []),
  ];
}
