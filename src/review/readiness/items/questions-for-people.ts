/** What only people can answer: neither a template nor a local run can show it. */
import { answer } from '../checks.ts';
import type { Item, ItemText } from '../model.ts';
import { practice } from '../well-architected.ts';

const questions: readonly ItemText[] = [
  {
    id: 'root-user-locked',
    area: 'security',
    question: 'Is the root user locked away, with multi-factor authentication and no access keys?',
    next: 'Who holds the second factor, and when was it last tried?',
    blocks: true,
    reference: practice('security', 'sec_securely_operate_aws_account'),
  },
  {
    id: 'people-access',
    area: 'security',
    question:
      'Do people reach production only through short-lived roles, and was the list of who may looked through?',
    next: 'Name the roles, who has them, and when that was last reviewed.',
    reference: practice('security', 'sec_identities_identity_provider'),
  },
  {
    id: 'threat-model',
    area: 'security',
    question: 'Has somebody written down what could be attacked and how it is stopped?',
    next: 'Link the threat model, with its date.',
    reference: practice('security', 'sec_securely_operate_threat_model'),
  },
  {
    id: 'data-protection-law',
    area: 'security',
    question: 'Is it settled which personal data is kept, where, for how long, and on what legal ground?',
    next: 'Name the data, the region, the retention, the processor agreements, and who approved it (GDPR: record of processing).',
    blocks: true,
    reference: practice('security', 'sec_data_classification_identify_data'),
  },
  {
    id: 'security-incident-plan',
    area: 'security',
    question: 'Does everybody know what to do when a key leaks or data gets out?',
    next: 'Link the plan, with whom to call and how to revoke.',
    reference: practice('security', 'sec_incident_response_develop_management_plans'),
  },
  {
    id: 'on-call',
    area: 'monitoring',
    question: 'Is somebody on call, with a second who is asked when the first does not answer?',
    next: 'Name the rota, the hours it covers, and the way to escalate.',
    blocks: true,
    reference: practice('operational-excellence', 'ops_ready_to_support_personnel_capability'),
  },
  {
    id: 'quotas-raised',
    area: 'performance',
    question: 'Are the quotas of the account above what the peak needs?',
    next: 'Compare Lambda concurrency, Fargate vCPU, API rate and SES or Bedrock limits with the peak of the capacity section; say which were raised.',
    blocks: true,
    reference: practice('reliability', 'rel_manage_service_limits_aware_quotas_and_constraints'),
  },
  {
    id: 'disaster-plan',
    area: 'backup',
    question: 'Is it written down who does what when the region is lost, or when it was decided to wait?',
    next: 'Link the plan with its date; "we wait" is an answer when the targets allow it.',
    reference: practice('reliability', 'rel_planning_for_recovery_disaster_recovery'),
  },
  {
    id: 'backups-isolated',
    area: 'backup',
    question: 'Is one backup out of reach of whoever can delete the originals?',
    next: 'Another account or a locked vault; say which.',
    reference: practice('reliability', 'rel_backing_up_data_secured_backups_data'),
  },
  {
    id: 'runbook',
    area: 'operations',
    question: 'Is there a runbook for every alarm: what it means, what to do first, whom to call?',
    next: 'Link it; each alarm’s description should name its page.',
    blocks: true,
    reference: practice('operational-excellence', 'ops_ready_to_support_use_runbooks'),
  },
  {
    id: 'runbook-rehearsed',
    area: 'operations',
    question: 'Has somebody who did not write the runbook followed it?',
    next: 'Who, when, and what was changed afterwards.',
    reference: practice('reliability', 'rel_testing_resiliency_game_days_resiliency'),
  },
  {
    id: 'rollback-rehearsed',
    area: 'operations',
    question: 'Has a deployment been rolled back on purpose, and timed?',
    next: 'When, and how long it took; state recovery.rollback in slipway-review.yaml.',
    reference: practice('operational-excellence', 'ops_mit_deploy_risks_plan_for_unsucessful_changes'),
  },
  {
    id: 'support-plan',
    area: 'operations',
    question: 'Is there a support plan with an answer time that fits the targets?',
    next: 'Which plan, and who may open cases.',
    reference: practice('operational-excellence', 'ops_ready_to_support_enable_support_plans'),
  },
  {
    id: 'stages-apart',
    area: 'operations',
    question: 'Are production and the other stages in different accounts?',
    next: 'Name the accounts.',
    reference: practice('security', 'sec_securely_operate_multi_accounts'),
  },
  {
    id: 'launch-owner',
    area: 'operations',
    question: 'Is it clear who decides to launch, and who decides to stop it?',
    next: 'Name both.',
    blocks: true,
    reference: practice('operational-excellence', 'ops_ready_to_support_informed_deploy_decisions'),
  },
  {
    id: 'user-notice',
    area: 'operations',
    question: 'Is there a place where users are told of an outage?',
    next: 'Link the status page or the list of addresses.',
    reference: practice('operational-excellence', 'ops_event_response_push_notify'),
  },
  {
    id: 'incident-review',
    area: 'operations',
    question: 'Is it agreed that incidents are looked into afterwards, and what was learnt is written down?',
    next: 'Who does it, within how many days.',
    reference: practice('operational-excellence', 'ops_evolve_ops_perform_rca_process'),
  },
];

export const questionsForPeople: readonly Item[] = questions.map((question) => ({
  ...question,
  check: () => answer('person', 'nobody', 'Neither the template nor a local run can show this.'),
}));
