/** Secrets and their rotation: https://aws.amazon.com/secrets-manager/pricing/ */
import { callersOf, numberAt } from '../../../architecture/index.ts';
import { constant, times } from '../amount.ts';
import { lambdaFunction } from './lambda.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';
import { assumed, byCallers, derived, monthly } from './questions.ts';

const secretsPage = 'https://aws.amazon.com/secrets-manager/pricing/';

export const secret: Pricer = {
  types: ['AWS::SecretsManager::Secret'],
  questions: (resource) => [
    monthly('calls', 'Reads of the secret', 'call', (flow) => {
      const callers = callersOf(flow.app, resource, ['secretsmanager:GetSecretValue']);
      const functions = callers.filter(({ compute }) => lambdaFunction.types.includes(compute.type));
      if (callers.length === 0) return assumed(constant(100, 'call'), 'a few starts of what uses it');
      if (functions.length === 0)
        return assumed(constant(100, 'call'), 'read when a task or instance starts');
      const { amount } = byCallers(flow, resource, 'call', ['secretsmanager:GetSecretValue']);
      return derived(
        times(amount, 0.05, '1 in 20 (a fresh environment)'),
        'functions read it when an environment starts and keep it',
      );
    }),
  ],
  items: (resource, flow) => {
    const others = Array.isArray(resource.properties.ReplicaRegions)
      ? resource.properties.ReplicaRegions.length
      : 0;
    return [
      line('secrets-manager.secret', constant(1, 'secret')),
      line('secrets-manager.calls', flow.of(resource, 'calls')),
      ...(others > 0
        ? [
            line('secrets-manager.secret', constant(others, 'secret'), {
              part: 'replicas',
              note: 'at this region’s price',
            }),
          ]
        : []),
    ];
  },
};

export const secretParts: Pricer = {
  types: ['AWS::SecretsManager::SecretTargetAttachment', 'AWS::SecretsManager::ResourcePolicy'],
  items: () => [freeOfCharge('part of a secret', secretsPage)],
};

export const rotation: Pricer = {
  types: ['AWS::SecretsManager::RotationSchedule'],
  work: 'steps',
  questions: (schedule) => [
    monthly('steps', 'Calls of the function that rotates', 'call', () => {
      const days = numberAt(schedule.properties, 'RotationRules.AutomaticallyAfterDays');
      const times = typeof days === 'number' && days > 0 ? 30.4 / days : 1;
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-lambda-functions.html
      return derived(constant(4 * times, 'call'), 'four steps of each rotation');
    }),
  ],
  items: () => [freeOfCharge('the calls of a rotation are counted with its function', secretsPage)],
};
