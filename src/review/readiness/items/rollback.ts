/** Does a failed deployment roll back by itself? */
import { answer, fromRules } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const rollback: Item = {
  id: 'rollback',
  area: 'operations',
  question: 'Does a failed deployment roll back by itself?',
  next: 'Circuit breaker with rollback for services; gradual deployment with alarms for functions.',
  blocks: true,
  reference: practice('operational-excellence', 'ops_mit_deploy_risks_auto_testing_and_rollback'),
  check: (inputs) => {
    const services = fromRules(
      inputs,
      ['circuit-breaker', 'min-healthy-zero'],
      'Failed deployments of services go back',
    );
    if (services.answer !== 'not-applicable') return services;
    return answer(
      'yes',
      'template',
      'CloudFormation rolls back updates that fail; there is no service that could start and fail after it.',
    );
  },
};
