/**
 * Amazon CloudFront, pay as you go: https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/ . Priced by where the
 * viewers are, whatever region the origin is in; the flat-rate plans are not in this table.
 */
import { free, priceFile, recorded, rowsOf, source } from './author.ts';
import { everywhere, type PriceRow } from './model.ts';

const golden = source(recorded('cloudfront_distribution'), '2024-07-01', 'aws-derived');
const functions = source(recorded('cloudfront_function'), '2024-07-01', 'aws-derived');
const file = source(priceFile('cloudfront/USD/current/cloudfront.json'), '2025-07-01', 'aws');
const memory = source('https://aws.amazon.com/cloudfront/pricing/ , from memory', '2026-11-21', 'unverified');
const blog = source(
  'https://aws.amazon.com/blogs/aws/aws-free-tier-data-transfer-expansion-100-gb-from-regions-and-1-tb-from-amazon-cloudfront-per-month/ , from memory',
  '2026-11-21',
  'unverified',
);
const requestsFree = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonCloudFront/current/index.json , as quoted',
  '2026-10-08',
  'aws-derived',
);
const faq = source('https://aws.amazon.com/cloudfront/faqs/', '2026-11-21', 'aws');
const row = rowsOf('Amazon CloudFront', 'AmazonCloudFront');

interface EdgeClass {
  readonly name: string;
  /** Where the price list's usage types begin; classes of several places have one price under each. */
  readonly prefix: string;
  /** Per GB: the first 10 TB, then up to 50, 150, 500, 1,024 and 5,120 TB, then the rest. */
  readonly out: readonly [string, string, string, string, string, string, string];
  readonly toOrigin: string;
  /** Per 10,000 requests. */
  readonly http: string;
  readonly https: string;
}

const classes: Readonly<Record<string, EdgeClass>> = {
  us: {
    name: 'US, Mexico, Canada',
    prefix: 'US',
    out: ['0.085', '0.08', '0.06', '0.04', '0.03', '0.025', '0.02'],
    toOrigin: '0.02',
    http: '0.0075',
    https: '0.01',
  },
  eu: {
    name: 'Europe, Israel',
    prefix: 'EU',
    out: ['0.085', '0.08', '0.06', '0.04', '0.03', '0.025', '0.02'],
    toOrigin: '0.02',
    http: '0.009',
    https: '0.012',
  },
  'za-me': {
    name: 'South Africa, Kenya, Middle East',
    prefix: 'ME',
    out: ['0.11', '0.105', '0.09', '0.08', '0.06', '0.05', '0.04'],
    toOrigin: '0.06',
    http: '0.009',
    https: '0.012',
  },
  sa: {
    name: 'South America',
    prefix: 'SA',
    out: ['0.11', '0.105', '0.09', '0.08', '0.06', '0.05', '0.04'],
    toOrigin: '0.125',
    http: '0.016',
    https: '0.022',
  },
  jp: {
    name: 'Japan',
    prefix: 'JP',
    out: ['0.114', '0.089', '0.086', '0.084', '0.08', '0.07', '0.06'],
    toOrigin: '0.06',
    http: '0.009',
    https: '0.012',
  },
  au: {
    name: 'Australia, New Zealand',
    prefix: 'AU',
    out: ['0.114', '0.098', '0.094', '0.092', '0.09', '0.085', '0.08'],
    toOrigin: '0.08',
    http: '0.009',
    https: '0.0125',
  },
  asia: {
    name: 'Hong Kong, Philippines, South-East Asia, South Korea, Taiwan',
    prefix: 'AP',
    out: ['0.12', '0.1', '0.095', '0.09', '0.08', '0.07', '0.06'],
    toOrigin: '0.06',
    http: '0.009',
    https: '0.012',
  },
  in: {
    name: 'India',
    prefix: 'IN',
    out: ['0.109', '0.085', '0.082', '0.08', '0.078', '0.075', '0.072'],
    toOrigin: '0.16',
    http: '0.009',
    https: '0.012',
  },
};

const tb = 1_024;
const names = Object.keys(classes);
const outIds = names.map((name) => `cloudfront.data-out.${name}`);
const requestIds = names.flatMap((name) => [
  `cloudfront.requests.http.${name}`,
  `cloudfront.requests.https.${name}`,
]);
const others = (ids: readonly string[], id: string): readonly string[] => ids.filter((other) => other !== id);

function classRows([key, edge]: readonly [string, EdgeClass]): readonly PriceRow[] {
  const [a, b, c, d, e, f, g] = edge.out;
  const requests = (kind: 'http' | 'https', usd: string): PriceRow => {
    const id = `cloudfront.requests.${kind}.${key}`;
    return row({
      id,
      what: `${kind.toUpperCase()} requests, ${edge.name}`,
      unit: 'request',
      per: 10_000,
      regions: file.only(everywhere, usd),
      free: free('always', 10_000_000, requestsFree, others(requestIds, id)),
      list: { usagetype: `${edge.prefix}-Requests-Tier${kind === 'http' ? '1' : '2-HTTPS'}` },
    });
  };
  const out = `cloudfront.data-out.${key}`;
  return [
    row({
      id: out,
      what: `Data out to viewers, ${edge.name}`,
      unit: 'GB',
      regions: golden.only(
        everywhere,
        [10 * tb, a],
        [50 * tb, b],
        [150 * tb, c],
        [500 * tb, d],
        [1_024 * tb, e],
        [5_120 * tb, f],
        g,
      ),
      free: free('always', tb, blog, others(outIds, out)),
      list: { usagetype: `${edge.prefix}-DataTransfer-Out-Bytes` },
    }),
    row({
      id: `cloudfront.data-to-origin.${key}`,
      what: `Data to origins, ${edge.name}`,
      unit: 'GB',
      regions: golden.only(everywhere, edge.toOrigin),
      list: { usagetype: `${edge.prefix}-DataTransfer-Out-OBytes` },
    }),
    requests('http', edge.http),
    requests('https', edge.https),
  ];
}

export const cloudfront: readonly PriceRow[] = [
  ...Object.entries(classes).flatMap(classRows),
  row({
    id: 'cloudfront.functions',
    what: 'CloudFront Functions invocations',
    unit: 'invocation',
    per: 1_000_000,
    regions: functions.only(everywhere, '0.10'),
    free: free('always', 2_000_000, memory),
    list: { usagetype: 'Executions-CloudFrontFunctions' },
  }),
  row({
    id: 'cloudfront.invalidations',
    what: 'Invalidation paths',
    unit: 'path',
    regions: golden.only(everywhere, '0.005'),
    free: free('always', 1_000, faq),
    list: { usagetype: 'Invalidations' },
  }),
  row({
    id: 'cloudfront.origin-shield.us',
    what: 'Origin Shield requests, US',
    unit: 'request',
    per: 10_000,
    regions: file.only(everywhere, '0.0075'),
  }),
  row({
    id: 'cloudfront.origin-shield.eu',
    what: 'Origin Shield requests, Europe and Asia',
    unit: 'request',
    per: 10_000,
    regions: file.only(everywhere, '0.009'),
  }),
  row({
    id: 'cloudfront.field-level-encryption',
    what: 'Field-level encryption requests',
    unit: 'request',
    per: 10_000,
    regions: file.only(everywhere, '0.02'),
  }),
  row({
    id: 'cloudfront.real-time-logs',
    what: 'Real-time log lines',
    unit: 'line',
    per: 1_000_000,
    regions: golden.only(everywhere, '0.01'),
  }),
  row({
    id: 'cloudfront.dedicated-ip-certificate',
    what: 'Dedicated IP custom certificates',
    unit: 'certificate-month',
    regions: file.only(everywhere, '600'),
  }),
];
