/**
 * AWS Secrets Manager and Systems Manager parameters: https://aws.amazon.com/secrets-manager/pricing/ ,
 * https://aws.amazon.com/systems-manager/pricing/
 */
import { recorded, rowsOf, source } from './author.ts';
import { everywhere } from './model.ts';

const golden = source(recorded('secretsmanager_secret'), '2024-07-01', 'aws-derived');
const parameter = source(recorded('ssm_parameter'), '2024-07-01', 'aws-derived');
const memory = source(
  'https://aws.amazon.com/secrets-manager/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const systems = source(
  'https://aws.amazon.com/systems-manager/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const row = rowsOf('AWS Secrets Manager', 'AWSSecretsManager');
const ssm = rowsOf('AWS Systems Manager', 'AWSSystemsManager');

export const secrets = [
  row({
    id: 'secrets-manager.secret',
    what: 'Secrets, each replica too',
    unit: 'secret-month',
    regions: { ...memory.flat('0.40'), ...golden.only('us-east-1', '0.40') },
    list: { usagetype: 'AWSSecretsManager-Secrets' },
  }),
  row({
    id: 'secrets-manager.calls',
    what: 'API calls',
    unit: 'call',
    per: 10_000,
    regions: { ...memory.flat('0.05'), ...golden.only('us-east-1', '0.05') },
    list: { usagetype: 'AWSSecretsManagerAPIRequest' },
  }),
  ssm({
    id: 'ssm.parameter.standard',
    what: 'Standard parameters and their calls at standard throughput',
    unit: 'parameter-month',
    regions: systems.only(everywhere, '0'),
  }),
  ssm({
    id: 'ssm.parameter.advanced',
    what: 'Advanced parameters',
    unit: 'parameter-month',
    regions: { ...systems.flat('0.05'), ...parameter.only('us-east-1', '0.05') },
  }),
  ssm({
    id: 'ssm.parameter.calls',
    what: 'Calls on advanced parameters or at higher throughput',
    unit: 'call',
    per: 10_000,
    regions: { ...systems.flat('0.05'), ...parameter.only('us-east-1', '0.05') },
  }),
];
