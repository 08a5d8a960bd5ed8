/** Deploys new versions gradually, and rolls them back when an alarm fires. */
import { steps } from '../figures.ts';
import { automatic } from '../options.ts';
import { type Change, proposalFor } from './model.ts';

const how: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function':
    'An alias with UpdatePolicy CodeDeployLambdaAliasUpdate and an alarm on its errors (CDK: LambdaDeploymentGroup, CANARY_10PERCENT_5MINUTES, alarms)',
  'AWS::ECS::Service':
    'DeploymentConfiguration.Alarms: { AlarmNames, Enable: true, Rollback: true } beside the circuit breaker (CDK: deploymentAlarms)',
};

export const gradualDeployment: Change = {
  id: 'gradual-deployment',
  propose: (component) => {
    const text = how[component.resource.type];
    if (text === undefined) return undefined;
    if (component.options.some((option) => option.scenarios.includes('bad-deploy') && !option.needsPerson))
      return undefined;
    return proposalFor(
      'gradual-deployment',
      component,
      {
        title: `Deploy ${component.resource.name} gradually, with an alarm that rolls back`,
        how: text,
        prices: [
          {
            priceId: 'cloudwatch.alarms.standard',
            what: 'the alarm',
            quantity: 1,
            basis: { figure: 'one alarm on one metric', source: 'this change', assumed: false },
          },
          {
            priceId: 'codedeploy.lambda-ecs',
            what: 'deployments',
            quantity: 1,
            basis: { figure: 'free for Lambda and ECS', source: 'this change', assumed: false },
          },
        ],
      },
      [
        automatic(['bad-deploy'], 'sends a part of the traffic first, and goes back when the alarm fires', [
          steps.canaryRollsBack(300),
        ]),
      ],
    );
  },
};
