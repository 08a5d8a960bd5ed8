/**
 * What a rule says. Four verdicts: pass, findings, not applicable, cannot tell. A rule that throws is our bug; the
 * review goes on and says so.
 */
import type { Evidence } from '../architecture/app/evidence.ts';
import type { Architecture, Resource, ResourceRef } from '../architecture/app/model.ts';
import { resourceRef } from '../architecture/app/ref.ts';

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];
export type Area = 'security' | 'capacity' | 'recovery' | 'cost' | 'template';

export interface Finding {
  /** The rule's id: `public-bucket`, or the id that another tool gives it: `AwsSolutions-S1`. */
  readonly rule: string;
  readonly source: 'slipway' | 'cdk-nag' | 'cloudformation-validate';
  readonly area: Area;
  readonly severity: Severity;
  /** One sentence: what is so, here. */
  readonly title: string;
  /** Why it matters: what can happen. */
  readonly why: string;
  /** The exact change that fixes it: property and value, statement, or construct option. */
  readonly fix: string;
  readonly resource?: ResourceRef;
  readonly evidence: readonly Evidence[];
  /** Page that the rule follows from. */
  readonly reference?: string;
  /** Stays the same over revisions as long as the finding does: rule, resource and what it is about. */
  readonly fingerprint: string;
  readonly acknowledged?: Acknowledgement;
  /** Rules of other tools that say the same about the same resource, with what they are about: `AwsSolutions-S2`. */
  readonly alsoReportedBy?: readonly string[];
}

interface Acknowledgement {
  readonly reason: string;
  /** `YYYY-MM-DD`, inclusive; absent for acknowledgements of other tools that know none. */
  readonly expires?: string;
  /** `expired`: it no longer counts, and the finding is open again. */
  readonly state: 'valid' | 'expired';
}

/** Nobody has accepted it, or the acceptance has expired. */
export const isOpen = ({ acknowledged }: Pick<Finding, 'acknowledged'>): boolean =>
  acknowledged?.state !== 'valid';

/** What a rule could not find out, and why. */
export interface Unclear {
  readonly resource?: ResourceRef;
  /** The property or question. */
  readonly what: string;
  readonly because: string;
}

export type Verdict = 'pass' | 'findings' | 'not-applicable' | 'cannot-tell';

export interface RuleResult {
  readonly rule: string;
  readonly area: Area;
  /** `findings` before `cannot-tell` before `pass`; what else was found is in the lists. */
  readonly verdict: Verdict;
  /** How many things were looked at; 0 when not applicable. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  readonly unclear: readonly Unclear[];
}

interface FindingText {
  readonly resource?: Resource;
  readonly title: string;
  readonly fix: string;
  readonly evidence: readonly Evidence[];
  /** Default: the rule's own. */
  readonly severity?: Severity;
  /** Tells several findings of one rule on one resource apart. */
  readonly about?: string;
}

export interface RuleContext {
  readonly app: Architecture;
  /** Call for everything looked at. Without a call the rule is not applicable. */
  checked(count?: number): void;
  found(finding: FindingText): void;
  unclear(unclear: { readonly resource?: Resource; readonly what: string; readonly because: string }): void;
}

export interface Rule {
  readonly id: string;
  readonly area: Area;
  /** What holds when the rule passes, as a sentence. */
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly reference: string;
  check(context: RuleContext): void;
}

export function runRule(rule: Rule, app: Architecture): RuleResult {
  let checked = 0;
  const findings: Finding[] = [];
  const unclear: Unclear[] = [];
  rule.check({
    app,
    checked: (count = 1) => {
      checked += count;
    },
    found: ({ resource, about, severity, ...text }) =>
      findings.push({
        rule: rule.id,
        source: 'slipway',
        area: rule.area,
        severity: severity ?? rule.severity,
        why: rule.why,
        reference: rule.reference,
        fingerprint: [rule.id, resource?.id, about].filter(Boolean).join('|'),
        ...text,
        ...(resource === undefined ? {} : { resource: resourceRef(resource) }),
      }),
    unclear: ({ resource, ...rest }) =>
      unclear.push({ ...rest, ...(resource === undefined ? {} : { resource: resourceRef(resource) }) }),
  });
  const verdict: Verdict =
    findings.length > 0
      ? 'findings'
      : unclear.length > 0
        ? 'cannot-tell'
        : checked > 0
          ? 'pass'
          : 'not-applicable';
  return { rule: rule.id, area: rule.area, verdict, checked, findings, unclear };
}
