/** Distributions and their functions: https://aws.amazon.com/cloudfront/pricing/ (pay as you go). */
import { namedAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { type Amount, constant, perUse, sum, times } from '../amount.ts';
import { apiV2, bytesIn, bytesOut, functionUrl, restApi } from './api-gateway.ts';
import { assumption, type Flow, freeOfCharge, type Item, line, type Pricer } from './model.ts';
import { mapsIn } from './properties.ts';
import { assumed, derived, each, kbPerGb, monthly, perGb } from './questions.ts';

const page = 'https://aws.amazon.com/cloudfront/pricing/';
const apiTypes = [restApi, apiV2, functionUrl].flatMap(({ types }) => types);

const apisOf = (resource: Resource, flow: Flow): readonly Resource[] => [
  ...new Set(
    namedAt(flow.app, resource, 'DistributionConfig.Origins.*.DomainName')
      .map(({ to }) => to)
      .filter((origin) => apiTypes.includes(origin.type) && flow.asks(origin, 'requests')),
  ),
];

export const distribution: Pricer = {
  types: ['AWS::CloudFront::Distribution'],
  work: 'requests',
  questions: (resource) => [
    monthly('fileRequests', 'Requests for files of the page', 'request', () =>
      assumed(perUse(10, 'request'), 'the page, a few scripts, styles, fonts and pictures'),
    ),
    monthly('apiRequests', 'Requests that are passed to an API', 'request', (flow) => {
      const found = apisOf(resource, flow);
      return derived(
        sum(
          found.map((api) => flow.of(api, 'requests')),
          'request',
        ),
        found.length === 0
          ? 'no API is among its origins'
          : `all calls of ${found.map(({ name }) => name).join(', ')}`,
      );
    }),
    each('fileKB', 'Size of a file, compressed', 'KB', 50, 'a script or picture of middling size'),
    each(
      'missPercent',
      'Share of file requests that are not in the cache',
      '%',
      10,
      'AWS names 90 % as a good hit ratio',
    ),
    monthly('misses', 'File requests passed to the origin', 'request', (flow) =>
      derived(
        times(times(flow.of(resource, 'fileRequests'), flow.of(resource, 'missPercent')), 1 / 100, '÷ 100'),
        'the share that is not in the cache',
      ),
    ),
    monthly('requests', 'Requests in all', 'request', (flow) =>
      derived(
        sum([flow.of(resource, 'fileRequests'), flow.of(resource, 'apiRequests')], 'request'),
        'files and API calls together',
      ),
    ),
    monthly('invalidations', 'Paths invalidated', 'path', () =>
      assumed(constant(20, 'path'), 'a few deployments of the page'),
    ),
  ],
  items: (resource, flow) => {
    const files = times(
      times(flow.of(resource, 'fileRequests'), flow.of(resource, 'fileKB')),
      1 / kbPerGb,
      perGb,
    );
    const callable = apisOf(resource, flow).filter(({ type }) => !functionUrl.types.includes(type));
    const toOrigin = sum(
      callable.map((api) => bytesIn(api, flow)),
      'GB',
    );
    const items: Item[] = [
      line('cloudfront.requests.https.us', flow.of(resource, 'requests')),
      line('cloudfront.data-out.us', files, { part: 'files' }),
      ...(callable.length === 0
        ? []
        : [
            line(
              'cloudfront.data-out.us',
              sum(
                callable.map((api) => bytesOut(api, flow)),
                'GB',
              ),
              { part: 'API answers' },
            ),
            line('cloudfront.data-to-origin.us', toOrigin),
          ]),
      line('cloudfront.invalidations', flow.of(resource, 'invalidations')),
      ...optionLines(resource, flow),
      ...functionLines(resource, flow),
      assumption(
        'Where its viewers are',
        'North America and Europe',
        'other regions have other prices; the template does not say',
      ),
    ];
    return items;
  },
};

/** What is paid for beside requests and data. */
function optionLines(resource: Resource, flow: Flow): readonly Item[] {
  const config = resource.properties.DistributionConfig;
  const behaviours = [
    ...mapsIn([valueAt(config, 'DefaultCacheBehavior') ?? '']),
    ...mapsIn(valueAt(config, 'CacheBehaviors')),
  ];
  const has = (property: string): boolean =>
    behaviours.some((behaviour) => (valueAt(behaviour, property) ?? '') !== '');
  return [
    ...(mapsIn(valueAt(config, 'Origins')).some(
      (origin) => String(valueAt(origin, 'OriginShield.Enabled')) === 'true',
    )
      ? [line('cloudfront.origin-shield.us', flow.of(resource, 'misses'))]
      : []),
    ...(has('RealtimeLogConfigArn')
      ? [line('cloudfront.real-time-logs', flow.of(resource, 'requests'))]
      : []),
    ...(has('FieldLevelEncryptionId')
      ? [line('cloudfront.field-level-encryption', flow.of(resource, 'apiRequests'))]
      : []),
    ...(textAt(config, 'ViewerCertificate.SslSupportMethod') === 'vip'
      ? [line('cloudfront.dedicated-ip-certificate', constant(1, 'certificate'))]
      : []),
  ];
}

/** A function runs on each request of the behaviour it is attached to. */
function functionLines(resource: Resource, flow: Flow): readonly Item[] {
  const config = resource.properties.DistributionConfig;
  const behaviours: [string, ReturnType<typeof valueAt>, Amount][] = [
    ['page', valueAt(config, 'DefaultCacheBehavior'), flow.of(resource, 'fileRequests')],
    ...mapsIn(valueAt(config, 'CacheBehaviors')).map(
      (behaviour): [string, ReturnType<typeof valueAt>, Amount] => [
        String(textAt(behaviour, 'PathPattern') ?? 'path'),
        behaviour,
        flow.of(resource, 'apiRequests'),
      ],
    ),
  ];
  return behaviours.flatMap(([part, behaviour, requests]) =>
    mapsIn(valueAt(behaviour, 'FunctionAssociations')).map((association) =>
      line('cloudfront.functions', requests, { part: `${part}, ${String(association.EventType ?? '')}` }),
    ),
  );
}

export const cloudFrontParts: Pricer = {
  types: [
    'AWS::CloudFront::Function',
    'AWS::CloudFront::CachePolicy',
    'AWS::CloudFront::OriginRequestPolicy',
    'AWS::CloudFront::ResponseHeadersPolicy',
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CloudFront::CloudFrontOriginAccessIdentity',
    'AWS::CloudFront::KeyGroup',
    'AWS::CloudFront::PublicKey',
  ],
  items: ({ type }) => [
    freeOfCharge(
      type.endsWith('::Function')
        ? 'its runs are counted with the distribution'
        : 'part of a distribution’s configuration',
      page,
    ),
  ],
};

export const keyValueStore: Pricer = {
  types: ['AWS::CloudFront::KeyValueStore'],
  items: () => [
    {
      kind: 'not-priced',
      what: 'Reads and writes of the key-value store',
      because: 'the price table has no row for them (https://aws.amazon.com/cloudfront/pricing/)',
      reason: 'no-price',
    },
  ],
};
