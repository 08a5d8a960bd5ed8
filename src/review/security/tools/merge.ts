/**
 * One problem once: findings of outside tools that say the same as one of our own rules (or as each other) about the
 * same resource are left out, and named in `alsoReportedBy` of the one that stays. One row per pair.
 */
import type { Finding } from '../../finding.ts';

/** Outside rule → the rule that says the same, and says it better. */
export const sameProblem: Readonly<Record<string, readonly string[]>> = {};

export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  const place = (finding: Finding, rule: string): string => `${rule}|${finding.resource?.id ?? ''}`;
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = place(finding, finding.rule);
    if (!first.has(key)) first.set(key, finding);
  }
  const others = new Map<Finding, Set<string>>();
  for (const finding of findings) {
    if (kept.has(finding.fingerprint)) continue;
    const better = (sameProblem[finding.rule] ?? [])
      .map((rule) => first.get(place(finding, rule)))
      .find((found) => found !== undefined);
    if (better === undefined) {
      kept.set(finding.fingerprint, finding);
      continue;
    }
    const names = others.get(better) ?? new Set<string>();
    others.set(better, names.add(nameOf(finding)));
  }
  return [...kept.values()].map((finding) => {
    const also = [...new Set([...(finding.alsoReportedBy ?? []), ...(others.get(finding) ?? [])])];
    return also.length === 0 ? finding : { ...finding, alsoReportedBy: also };
  });
}

/** With what it is about, as cdk-nag writes it: `AwsSolutions-IAM5[Action::s3:*]`. */
function nameOf({ rule, resource, fingerprint, source }: Finding): string {
  const about = fingerprint.slice(`${rule}|${resource?.id ?? ''}|`.length);
  return source === 'cdk-nag' && about !== '' ? `${rule}[${about}]` : rule;
}
