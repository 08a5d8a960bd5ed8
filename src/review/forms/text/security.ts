import { isOpen } from '../../finding.ts';
import type { SecurityReport } from '../../security/report.ts';
import { plural } from '../format.ts';
import { openText } from '../open-findings.ts';
import { findingLines } from './findings.ts';
import { type Page, shorten } from './style.ts';

export function securityLines(report: SecurityReport, page: Page): string[] {
  const { style, width } = page;
  const findings = report.results.flatMap((result) => result.findings);
  const open = findings.filter(isOpen);
  const unclear = report.results.flatMap((result) => result.unclear);
  const accepted = findings.length - open.length;
  const passed = report.results.filter((result) => result.verdict === 'pass').length;
  const entries = report.exposure.entries;
  const anyone = entries.filter((entry) => entry.authentication === 'none');
  return [
    [
      open.length === 0 ? style.green(openText(report.results)) : openText(report.results),
      ...(accepted > 0 ? [`${accepted} accepted`] : []),
      `${plural(passed, 'rule')} passed`,
      ...(unclear.length > 0 ? [`${unclear.length} could not be checked`] : []),
    ].join(', '),
    ...findingLines(open, page),
    ...(entries.length === 0
      ? ['  No entry point from the internet was found among the kinds that this review knows.']
      : [
          `  Open to the internet: ${plural(entries.length, 'entry point')}, ${anyone.length} without authentication.`,
          ...anyone.slice(0, 4).map((entry) => {
            const ends = entry.paths.flatMap((path) => path.hops.at(-1)?.resource ?? []);
            const leads = [...new Set(ends.map(({ name }) => name))].join(', ');
            return shorten(`    ${entry.what} of ${entry.resource.name}${leads && ` → ${leads}`}`, width);
          }),
          ...(anyone.length > 4 ? [`    … and ${anyone.length - 4} more`] : []),
        ]),
    ...report.tools
      .filter((tool) => tool.outcome === 'could-not-run')
      .map((tool) => style.yellow(`  ${tool.name} was not run: ${tool.because}`)),
  ];
}
