/** Is there a limit on how much one caller, or all of them, can ask for? */
import { listAt, valueAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const throttling: Item = {
  id: 'throttling',
  area: 'performance',
  question: 'Is there a limit on how much one caller, or all of them, can ask for?',
  next: 'ThrottlingRateLimit and BurstLimit on the stage or a usage plan; a rate rule in the web ACL.',
  reference: practice('reliability', 'rel_mitigate_interaction_failure_throttle_requests'),
  check: ({ app }) =>
    survey({
      resources: app.ofType('AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'),
      what: 'API stages',
      are: 'limit requests',
      lacks: 'only the account’s limit holds, which all its APIs share',
      judge: ({ properties, usedBy }) =>
        listAt(properties, 'MethodSettings').some(
          (setting) => valueAt(setting, 'ThrottlingRateLimit') !== undefined,
        ) ||
        valueAt(properties, 'DefaultRouteSettings.ThrottlingRateLimit') !== undefined ||
        usedBy.some(
          ({ to }) =>
            to.type === 'AWS::ApiGateway::UsagePlan' && valueAt(to.properties, 'Throttle') !== undefined,
        ),
    }),
};
