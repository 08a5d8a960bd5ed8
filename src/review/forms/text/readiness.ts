import type { ReadinessReport } from '../../readiness/report.ts';
import { plural, tally } from '../format.ts';
import { type Page, wrap } from './style.ts';

const shown = 8;

export function readinessLines(report: ReadinessReport, { style, width }: Page): string[] {
  const { counts } = report;
  const blocking = report.items.filter((item) => report.blocking.includes(item.id));
  // What only people can answer is asked of every app alike: named in one line, so that it does not hide the others.
  const found = blocking.filter(({ answer }) => answer !== 'person');
  const asked = blocking.filter(({ answer }) => answer === 'person');
  return [
    `${tally([
      ['yes', counts.yes],
      ['partly', counts.partly],
      ['no', counts.no],
      ['for a person to answer', counts.person],
      ['could not be decided', counts['cannot-tell']],
    ])}; ${report.ready ? style.green('nothing blocks the launch') : `${plural(blocking.length, 'item')} before the launch`}`,
    ...found
      .slice(0, shown)
      .flatMap((item) => wrap(`${item.answer}: ${item.question} ${item.next}`, width, '    ', '  ')),
    ...(found.length > shown ? [`  … and ${found.length - shown} more`] : []),
    ...(asked.length === 0
      ? []
      : wrap(
          `ask: ${asked.map(({ id }) => id.replaceAll('-', ' ')).join(', ')} (the same for every app; slipway review --init writes the questions)`,
          width,
          '    ',
          '  ',
        )),
  ];
}
