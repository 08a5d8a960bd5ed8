/** Counts of findings, so that every form says the same of a section: what is open, by severity. */
import { type Finding, isOpen, type RuleResult, severities } from '../finding.ts';
import { tally } from './format.ts';

export const openOf = (results: readonly RuleResult[]): readonly Finding[] =>
  results.flatMap((result) => result.findings).filter(isOpen);

export const countBySeverity = (findings: readonly Finding[]): string =>
  tally(
    severities.map(
      (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
    ),
  );

/** `1 low, 1 info open`, `nothing open`. */
export function openText(results: readonly RuleResult[]): string {
  const open = openOf(results);
  return open.length === 0 ? 'nothing open' : `${countBySeverity(open)} open`;
}

/** An outside tool's rule with the tool that has it: `cloudformation-validate W2001`. */
export const toolRule = ({ rule, source }: Finding): string =>
  source === 'slipway' ? rule : `${source} ${rule}`;
