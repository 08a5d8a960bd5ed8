import { formatDuration } from '../../../core/duration.ts';
import type { CapacityReport } from '../../capacity/report.ts';
import { isOpen } from '../../finding.ts';
import { count, percent, plural, usdChange } from '../format.ts';
import { findingLines } from './findings.ts';
import { columns, type Page, wrap } from './style.ts';

export function capacityLines(report: CapacityReport, page: Page): string[] {
  const { style, width } = page;
  const { result, breaking, change, profile } = report;
  const assumed =
    profile.origin === 'default' ? style.yellow(' (assumed: state load in slipway-review.yaml)') : '';
  const findings = report.rules.flatMap((rule) => rule.findings).filter(isOpen);
  const firstMissed = [...report.objectives].sort(
    (a, b) => Number(a.verdict === 'met') - Number(b.verdict === 'met'),
  );
  if (result === null) return [`nothing simulated: ${report.because}`, ...findingLines(findings, page)];
  const rows = result.entries.slice(0, maxRows).map((entry) => {
    const errors = Object.values(entry.errors).reduce((sum, number) => sum + number, 0);
    const isJob = entry.done.p95 !== entry.response.p95;
    return [
      `  ${entry.id}`,
      `answered p50 ${formatDuration(entry.response.p50)}, p95 ${formatDuration(entry.response.p95)}, p99 ${formatDuration(entry.response.p99)}`,
      isJob ? `done p50 ${formatDuration(entry.done.p50)}, p95 ${formatDuration(entry.done.p95)}` : '',
      errors > 0 ? `${percent(errors / Math.max(1, entry.arrivals))} errors` : '',
    ];
  });
  return [
    `${formatDuration(profile.duration)} of load, ${[...profile.entries.slice(0, maxRows).map((entry) => `${entry.id} ${entry.text}`), ...left(profile.entries)].join('; ')}${assumed}`,
    ...columns(rows),
    ...left(result.entries).map((more) => `  ${more}`),
    ...firstMissed.slice(0, maxRows * 2).map((objective) => {
      const mark =
        objective.verdict === 'met'
          ? style.green('met   ')
          : objective.verdict === 'missed'
            ? style.red('missed')
            : style.yellow('cannot tell');
      const reached =
        objective.value === null
          ? ''
          : ` (${objective.unit === 'seconds' ? formatDuration(objective.value) : objective.unit === 'share' ? percent(objective.value) : plural(Math.round(objective.value), 'message')})`;
      return `  ${mark} ${objective.text}${reached}`;
    }),
    ...left(firstMissed, maxRows * 2).map((more) => `  ${more}`),
    ...wrap(breakingText(breaking), width, '    ', '  '),
    ...(change.outcome === 'found'
      ? wrap(
          `Smallest change: ${change.changes.map((one) => `${one.title}: ${one.property} of ${one.resource.name} from ${one.from} to ${one.to}`).join('; and ')} (${change.price.monthlyUsd === null ? 'price not known' : `${usdChange(change.price.monthlyUsd)} a month`})`,
          width,
          '    ',
          '  ',
        )
      : change.outcome === 'not-found'
        ? wrap(`No change of the catalogue is enough: ${change.because}`, width, '    ', '  ')
        : []),
    ...findingLines(findings, page, 3),
  ];
}

const maxRows = 8;
const left = (all: readonly unknown[], shown = maxRows): string[] =>
  all.length > shown ? [`… and ${all.length - shown} more`] : [];

function breakingText(breaking: CapacityReport['breaking']): string {
  switch (breaking.outcome) {
    case 'breaks':
      return `Breaks between ${count(breaking.holdsAt)} and ${count(breaking.breaksAt)} times this load (${count(breaking.peakRate)} a second). First: ${breaking.first.label}: ${breaking.first.sentence}`;
    case 'holds':
      return `Holds at ${count(breaking.upTo)} times this load, the most that was tried.`;
    case 'broken':
      return `Broken at any load: ${breaking.first.label}: ${breaking.first.sentence}`;
    case 'cannot-tell':
      return `The breaking point is not known: ${breaking.because}`;
  }
}
