/** Are the quotas of the account above what the peak needs? */
import { personItem, practice } from '../kit.ts';

export const quotasRaised = personItem({
  id: 'quotas-raised',
  area: 'performance',
  question: 'Are the quotas of the account above what the peak needs?',
  next: 'Compare Lambda concurrency, Fargate vCPU, API rate and SES or Bedrock limits with the peak of the capacity section; say which were raised.',
  blocks: true,
  reference: practice('reliability', 'rel_manage_service_limits_aware_quotas_and_constraints'),
});
