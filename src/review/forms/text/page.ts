/** The review as one page for the terminal. */
import type { ReviewReport } from '../../report.ts';
import { placeOf, plural } from '../format.ts';
import { capacityLines } from './capacity.ts';
import { costLines } from './cost.ts';
import { findingLines } from './findings.ts';
import { readinessLines } from './readiness.ts';
import { recoveryLines } from './recovery.ts';
import { securityLines } from './security.ts';
import { fold, type Page, wrap } from './style.ts';

export function toText(report: ReviewReport, page: Page): string {
  const { style, width } = page;
  const { app, cost, security, capacity, recovery, readiness, notUnderstood } = report;
  const section = (title: string, [first = '', ...rest]: readonly string[]): string[] => [
    '',
    `${style.bold(title.toUpperCase().padEnd(10))} ${first}`,
    ...rest,
  ];
  const lines = [
    `${style.bold(app.name)}: ${app.stacks.map(({ name }) => name).join(', ')}; ${plural(app.resources, 'resource')}, ${app.region}`,
    ...(cost ? section('cost', costLines(cost, page)) : []),
    ...(security ? section('security', securityLines(security, page)) : []),
    ...(capacity ? section('capacity', capacityLines(capacity, page)) : []),
    ...(recovery ? section('recovery', recoveryLines(recovery, page)) : []),
    ...(readiness ? section('readiness', readinessLines(readiness, page)) : []),
    ...(report.acknowledgements.length > 0
      ? section('accepted', [
          `${plural(report.acknowledgements.length, 'acknowledgement')} to look at`,
          ...findingLines(report.acknowledgements, page),
        ])
      : []),
    ...(notUnderstood.length > 0
      ? section('unclear', [
          `${plural(notUnderstood.length, 'thing')} in the template not understood`,
          ...notUnderstood
            .slice(0, 5)
            .flatMap((one) => wrap(`${placeOf(one)}${one.because}`, width, '    ', '  ')),
          ...(notUnderstood.length > 5 ? [`  … and ${notUnderstood.length - 5} more`] : []),
        ])
      : []),
    ...(report.gates.length > 0
      ? section('gates', [
          '',
          ...report.gates.flatMap(({ gate, verdict, because }) => {
            const mark =
              verdict === 'passed'
                ? style.green('✓')
                : verdict === 'failed'
                  ? style.red('✗')
                  : style.yellow('?');
            const [head = '', ...more] = wrap(
              `${gate.replaceAll('-', ' ')}: ${because}`,
              width - 4,
              '    ',
              '',
            );
            return [`  ${mark} ${head}`, ...more];
          }),
        ])
      : []),
    ...report.failures.map(({ section: name, error }) =>
      style.red(`The ${name} section failed through a bug in Slipway: ${error}`),
    ),
  ];
  return lines.flatMap((line) => line.split('\n').flatMap((one) => fold(one, width))).join('\n');
}
