/** Does a new version get only a part of the traffic first? */
import { flagAt } from '../../../architecture/index.ts';
import { answer, notApplicable } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const gradualDeployment: Item = {
  id: 'gradual-deployment',
  area: 'operations',
  question: 'Does a new version get only a part of the traffic first?',
  next: 'Canary or linear deployment with an alarm that rolls back, for what users call directly.',
  reference: practice('operational-excellence', 'ops_mit_deploy_risks_deploy_mgmt_sys'),
  check: ({ app }) => {
    const groups = app.ofType('AWS::CodeDeploy::DeploymentGroup');
    const services = app
      .ofType('AWS::ECS::Service')
      .filter(({ properties }) => flagAt(properties, 'DeploymentConfiguration.Alarms.Enable') === true);
    const found = [...groups, ...services];
    if (found.length > 0)
      return answer(
        'yes',
        'template',
        `${found.map(({ id }) => id).join(', ')} deploys gradually or with alarms.`,
        found.map(({ id, type }) => ({ at: id, shows: type })),
        found,
      );
    return app.ofType('AWS::ECS::Service', 'AWS::Lambda::Function').length === 0
      ? notApplicable('The template runs no code.')
      : answer('no', 'template', 'Every new version gets all the traffic at once.');
  },
};
