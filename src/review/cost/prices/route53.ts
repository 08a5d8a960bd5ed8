/** Amazon Route 53: https://aws.amazon.com/route53/pricing/ . Alias queries to AWS resources are free. */
import { free, priceFile, recorded, rowsOf, source } from './author.ts';
import { everywhere, type PriceRow } from './model.ts';

const zone = source(recorded('route53_zone'), '2024-07-01', 'aws-derived');
const record = source(recorded('route53_record'), '2024-07-01', 'aws-derived');
const check = source(recorded('route53_health_check'), '2024-07-01', 'aws-derived');
const file = source(priceFile('route53/USD/current/route53.json'), '2025-08-28', 'aws');
const memory = source('https://aws.amazon.com/route53/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('Amazon Route 53', 'AmazonRoute53');
const billion = 1_000_000_000;

const queries = (id: string, what: string, first: string, rest: string, usagetype: string): PriceRow =>
  row({
    id: `route53.queries.${id}`,
    what,
    unit: 'query',
    per: 1_000_000,
    regions: record.only(everywhere, [billion, first], rest),
    list: { usagetype },
  });

export const route53: readonly PriceRow[] = [
  row({
    id: 'route53.hosted-zone',
    what: 'Hosted zones',
    unit: 'zone-month',
    regions: zone.only(everywhere, [25, '0.50'], '0.10'),
    list: { usagetype: 'HostedZone' },
    note: 'the price beyond 25 zones is from memory',
  }),
  queries('standard', 'Standard queries', '0.40', '0.20', 'DNS-Queries'),
  queries('latency', 'Latency-based routing queries', '0.60', '0.30', 'LBR-Queries'),
  queries('geo', 'Geolocation and geoproximity queries', '0.70', '0.35', 'Geo-Queries'),
  row({
    id: 'route53.queries.alias',
    what: 'Alias queries to AWS resources',
    unit: 'query',
    per: 1_000_000,
    regions: memory.only(everywhere, '0'),
  }),
  row({
    id: 'route53.health-check.aws',
    what: 'Health checks of AWS endpoints',
    unit: 'check-month',
    regions: check.only(everywhere, '0.50'),
    free: free('always', 50, memory),
    list: { usagetype: 'Health-Check-AWS' },
  }),
  row({
    id: 'route53.health-check.other',
    what: 'Health checks of other endpoints',
    unit: 'check-month',
    regions: check.only(everywhere, '0.75'),
    list: { usagetype: 'Health-Check-Non-AWS' },
  }),
  row({
    id: 'route53.health-check.option.aws',
    what: 'Optional features of health checks of AWS endpoints (HTTPS, string matching, fast interval, latency)',
    unit: 'feature-month',
    regions: check.only(everywhere, '1.00'),
    list: { usagetype: 'Health-Check-Option-AWS' },
  }),
  row({
    id: 'route53.health-check.option.other',
    what: 'Optional features of health checks of other endpoints',
    unit: 'feature-month',
    regions: check.only(everywhere, '2.00'),
    list: { usagetype: 'Health-Check-Option-Non-AWS' },
  }),
  row({
    id: 'route53.resolver.endpoint',
    what: 'Resolver endpoint network interface',
    unit: 'hour',
    regions: file.flat('0.125'),
    list: { usagetype: 'ResolverNetworkInterface' },
  }),
  row({
    id: 'route53.resolver.queries',
    what: 'Queries through Resolver endpoints',
    unit: 'query',
    per: 1_000_000,
    regions: file.tiers([billion, '0.40'], '0.20'),
    list: { usagetype: 'DNS-Queries' },
  }),
];
