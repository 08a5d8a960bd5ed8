import { formatDuration } from '../../../core/duration.ts';
import { isOpen } from '../../finding.ts';
import { type RecoveryReport, scenarioText } from '../../recovery/report.ts';
import { plural, usd } from '../format.ts';
import { openText } from '../open-findings.ts';
import { rpoText, rtoText } from '../recovery-format.ts';
import { findingLines } from './findings.ts';
import { columns, type Page, wrap } from './style.ts';

export function recoveryLines(report: RecoveryReport, page: Page): string[] {
  const { style, width } = page;
  const name = new Map(
    report.components.map((component) => [component.resource.id, component.resource.name]),
  );
  const rows = report.whole.map((answer) => [
    `  ${scenarioText[answer.scenario].name}`,
    answer.survives === 'cannot-tell' ? 'cannot tell' : answer.survives,
    `back after ${rtoText(answer.rto)}`,
    `loses ${rpoText(answer.rpo)}`,
    name.get(answer.losesAt ?? answer.limitedBy ?? '') ?? '',
  ]);
  const findings = report.rules.flatMap((result) => result.findings).filter(isOpen);
  const missed = report.targets.filter((target) => target.verdict !== 'met');
  const targets =
    report.targets.length === 0
      ? 'no targets stated (recovery.rto and .rpo in slipway-review.yaml)'
      : missed.length === 0
        ? style.green(`${plural(report.targets.length, 'target')} met`)
        : `${missed.length} of ${plural(report.targets.length, 'target')} not met`;
  return [
    `${targets}; ${openText(report.rules)}`,
    ...columns(rows),
    ...missed.flatMap((target) =>
      wrap(
        `${target.verdict === 'missed' ? 'missed' : 'cannot tell'}: ${scenarioText[target.scenario].name}, ${target.measure.toUpperCase()} ${formatDuration(target.targetSeconds)}: ${target.because}`,
        width,
        '    ',
        '  ',
      ),
    ),
    ...(report.changeSet !== null && report.changeSet.changes.length > 0
      ? [
          `  ${report.changeSet.outcome === 'meets' ? 'Cheapest changes that meet them' : 'Changes that come closest'}: ${usd(report.changeSet.usdPerMonth)} a month`,
          ...report.changeSet.changes.flatMap((change) =>
            wrap(`${change.title} (${usd(change.usdPerMonth)}): ${change.how}`, width, '      ', '    - '),
          ),
        ]
      : []),
    ...report.singlePoints.flatMap((point) =>
      wrap(`Single point: ${point.resource.name}: ${point.what}`, width, '    ', '  '),
    ),
    ...findingLines(findings, page, 3),
  ];
}
