/** Findings in the terminal: critical and high ones whole, the others by rule. */
import { type Finding, type Severity, severities } from '../../finding.ts';
import { toolRule } from '../open-findings.ts';
import { type Page, shorten, wrap } from './style.ts';

const severe: readonly Severity[] = ['critical', 'high'];

/** At most `maxFindings` findings whole; the rest as a line per rule. */
export function findingLines(findings: readonly Finding[], page: Page, maxFindings = 6): string[] {
  const sorted = [...findings].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  const whole = sorted.filter((finding) => severe.includes(finding.severity)).slice(0, maxFindings);
  const rest = new Map<string, Finding[]>();
  for (const finding of sorted) {
    if (whole.includes(finding) || finding.severity === 'info') continue;
    const same = rest.get(finding.rule) ?? [];
    rest.set(finding.rule, [...same, finding]);
  }
  return [
    ...whole.flatMap((finding) => wholeFinding(finding, page)),
    ...[...rest.values()].slice(0, 12).flatMap((same) => oneLine(same, page)),
    ...(rest.size > 12 ? [`  … and ${rest.size - 12} more rules; --format html shows all`] : []),
  ];
}

function wholeFinding(finding: Finding, { style, width }: Page): string[] {
  const at = finding.resource === undefined ? '' : ` ${style.dim(`(${finding.resource.name})`)}`;
  const [head = '', ...more] = wrap(finding.title, width, '          ', `  ${finding.severity.padEnd(8)}`);
  return [
    [head.replace(finding.severity, paint(finding.severity, style)), ...more].join('\n') + at,
    ...wrap(`fix: ${finding.fix}`, width, '                ', '          '),
  ];
}

function oneLine(same: readonly Finding[], { style, width }: Page): string[] {
  const [first] = same;
  if (first === undefined) return [];
  const count = same.length > 1 ? `${same.length} × ` : '';
  const place = same.length === 1 && first.resource !== undefined ? first.resource.name : '';
  const rule = first.source === 'slipway' ? '' : ` [${toolRule(first)}]`;
  const text = `  ${first.severity.padEnd(8)}${count}${first.title}`;
  const line = shorten(text, width - rule.length);
  return [
    `${line.replace(first.severity, paint(first.severity, style))}${style.dim(place && line.includes(place) ? '' : rule)}`,
  ];
}

function paint(severity: Severity, style: Page['style']): string {
  if (severe.includes(severity)) return style.red(severity);
  return severity === 'medium' ? style.yellow(severity) : style.dim(severity);
}
