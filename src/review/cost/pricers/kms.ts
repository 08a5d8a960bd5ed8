/** Keys: https://aws.amazon.com/kms/pricing/ */
import { textAt } from '../../../architecture/index.ts';
import { constant } from '../amount.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';
import { assumed, byCallers, monthly } from './questions.ts';

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
  items: () => [freeOfCharge('an alias costs nothing', 'https://aws.amazon.com/kms/pricing/')],
};
