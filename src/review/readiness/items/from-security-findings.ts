/** Items that findings of the security section answer. */
import type { Finding } from '../../finding.ts';
import { fromSecurity } from '../checks.ts';
import type { Item, ItemText } from '../model.ts';
import { practice } from '../well-architected.ts';

interface AnsweredByFindings extends ItemText {
  readonly matches: (finding: Finding) => boolean;
  /** What is so when no finding matches. */
  readonly holds: string;
}

const items: readonly AnsweredByFindings[] = [
  {
    id: 'security-findings',
    area: 'security',
    question: 'Are there no open findings of high or critical severity?',
    next: 'Fix them, or acknowledge them with a reason and an expiry date.',
    blocks: true,
    reference: practice('security', 'sec_detect_investigate_events_security_alerts'),
    matches: ({ severity }) => severity === 'critical' || severity === 'high',
    holds: 'No finding of high or critical severity is open',
  },
  {
    id: 'least-privilege',
    area: 'security',
    question: 'Does every function, task and role have only the permissions it uses?',
    next: 'Replace wildcards by the actions and resources that a measured run used.',
    reference: practice('security', 'sec_permissions_least_privileges'),
    matches: ({ rule }) =>
      /IAM[45]$|^wildcard-|^granted-but-unused$|^unused-data-access$|^privilege-escalation$/.test(rule),
    holds: 'No permission was found that is wider than it needs to be',
  },
  {
    id: 'secrets-kept',
    area: 'security',
    question: 'Are there no secrets in environment variables, outputs or code?',
    next: 'Put them into Secrets Manager or Parameter Store, and hand over only their names.',
    blocks: true,
    reference: practice('security', 'sec_identities_secrets'),
    matches: ({ rule }) => /secret|password|credential|SMG/i.test(rule),
    holds: 'No secret was found in the template',
  },
];

export const itemsFromSecurityFindings: readonly Item[] = items.map(({ matches, holds, ...text }) => ({
  ...text,
  check: (inputs) => fromSecurity(inputs, matches, holds),
}));
