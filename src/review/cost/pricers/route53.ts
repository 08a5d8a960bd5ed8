/** Hosted zones and health checks: https://aws.amazon.com/route53/pricing/ */
import { valueAt } from '../../../architecture/index.ts';
import { constant, perUse } from '../amount.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';
import { assumed, monthly } from './questions.ts';

const dns = 'https://aws.amazon.com/route53/pricing/';

export const hostedZone: Pricer = {
  types: ['AWS::Route53::HostedZone'],
  questions: () => [
    monthly('queries', 'DNS queries for names that are not aliases of AWS resources', 'query', (flow) =>
      assumed(
        perUse(1, 'query'),
        `one per ${flow.uses.unit}: most queries are answered from the caches of resolvers`,
      ),
    ),
  ],
  items: (zone, flow) => [
    line('route53.hosted-zone', constant(1, 'zone')),
    line('route53.queries.standard', flow.of(zone, 'queries')),
  ],
};

export const healthCheck: Pricer = {
  types: ['AWS::Route53::HealthCheck'],
  items: (check) => {
    const config = check.properties.HealthCheckConfig;
    const type = String(valueAt(config, 'Type'));
    // Each of these is an optional feature: https://aws.amazon.com/route53/pricing/
    const features = [
      type.startsWith('HTTPS'),
      type.endsWith('_STR_MATCH'),
      String(valueAt(config, 'MeasureLatency')) === 'true',
      String(valueAt(config, 'RequestInterval')) === '10',
    ].filter(Boolean).length;
    return [
      line('route53.health-check.aws', constant(1, 'check')),
      ...(features > 0 ? [line('route53.health-check.option.aws', constant(features, 'feature'))] : []),
    ];
  },
};

export const dnsParts: Pricer = {
  types: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup', 'AWS::Route53::CidrCollection'],
  items: () => [freeOfCharge('records cost nothing; queries are counted with their zone', dns)],
};
