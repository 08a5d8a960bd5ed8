/** Secrets and keys: https://aws.amazon.com/secrets-manager/pricing/ and https://aws.amazon.com/kms/pricing/ */
import { callersOf, numberAt, textAt } from '../../../architecture/index.ts';
import { constant, times } from '../amount.ts';
import { assumed, byCallers, derived, monthly } from './answers.ts';
import { lambdaFunction } from './lambda.ts';
import { isFree, line, type Pricer, unpriced } from './model.ts';

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
  items: () => [isFree('part of a secret', secretsPage)],
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
  items: () => [isFree('the calls of a rotation are counted with its function', secretsPage)],
};

export const kmsKey: Pricer = {
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  questions: (key) => [
    monthly('requests', 'Uses of the key', 'request', (flow) => {
      const found = byCallers(flow, key, 'request', [
        'kms:Decrypt',
        'kms:GenerateDataKey',
        'kms:Encrypt',
        'kms:Sign',
      ]);
      return found.kind === 'derived'
        ? found
        : assumed(constant(1_000, 'request'), 'services that encrypt with it ask for data keys now and then');
    }),
  ],
  items: (key, flow) => {
    const spec = textAt(key.properties, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
    const row =
      spec === 'SYMMETRIC_DEFAULT' || String(spec).startsWith('HMAC')
        ? 'kms.requests'
        : spec === 'RSA_2048'
          ? 'kms.requests.rsa-2048'
          : 'kms.requests.asymmetric';
    return [line('kms.key', constant(1, 'key')), line(row, flow.of(key, 'requests'))];
  },
};

export const kmsAlias: Pricer = {
  types: ['AWS::KMS::Alias', 'AWS::KMS::Grant'],
  items: () => [isFree('an alias costs nothing', 'https://aws.amazon.com/kms/pricing/')],
};

export const ssmParameter: Pricer = {
  types: ['AWS::SSM::Parameter'],
  items: (parameter) => {
    const tier = textAt(parameter.properties, 'Tier') ?? 'Standard';
    if (tier === 'Advanced') return [line('ssm.parameter.advanced', constant(1, 'parameter'))];
    if (tier === 'Standard')
      return [isFree('standard parameters cost nothing', 'https://aws.amazon.com/systems-manager/pricing/')];
    return [unpriced('The parameter', 'its tier depends on its size', undefined, 'unresolved')];
  },
};
