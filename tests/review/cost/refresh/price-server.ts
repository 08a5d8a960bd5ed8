/**
 * A real HTTP server on loopback with the files of AWS's bulk price list, in AWS's form, made from products a test states.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Product {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly term?: string;
  readonly prices: readonly (readonly [from: string, to: string, usd: string])[];
}

const about = (offer: string): string =>
  [
    ['FormatVersion', 'v1.0'],
    [
      'Disclaimer',
      'This pricing list is for informational purposes only. All prices are subject to the additional terms included in the pricing pages on http://aws.amazon.com. All Free Tier prices are also subject to the terms included at https://aws.amazon.com/free/',
    ],
    ['Publication Date', '2026-10-30T18:28:01Z'],
    ['Version', '20261030182801'],
    ['OfferCode', offer],
  ]
    .map((pair) => pair.map(quote).join(','))
    .join('\n');

const header = [
  'SKU',
  'OfferTermCode',
  'RateCode',
  'TermType',
  'PriceDescription',
  'EffectiveDate',
  'StartingRange',
  'EndingRange',
  'Unit',
  'PricePerUnit',
  'Currency',
  'RelatedTo',
  'LeaseContractLength',
  'PurchaseOption',
  'OfferingClass',
  'Product Family',
  'serviceCode',
  'Location',
  'Location Type',
  'Instance Type',
  'Tenancy',
  'Operating System',
  'Pre Installed S/W',
  'CapacityStatus',
  'Group',
  'Group Description',
  'usageType',
  'operation',
  'Region Code',
  'serviceName',
];

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export function priceFile(offer: string, products: readonly Product[]): string {
  const lines = products.flatMap(({ sku, attributes, unit = 'Hrs', term = 'OnDemand', prices }) =>
    prices.map(([from, to, usd], index) => {
      const fixed: Readonly<Record<string, string>> = {
        SKU: sku,
        OfferTermCode: 'JRTCKXETXF',
        RateCode: `${sku}.JRTCKXETXF.${index}`,
        TermType: term,
        PriceDescription: `${usd} per ${unit}, "list" price\nof two lines`,
        EffectiveDate: '2026-10-01',
        StartingRange: from,
        EndingRange: to,
        Unit: unit,
        PricePerUnit: usd,
        Currency: 'USD',
        ...attributes,
      };
      return header.map((name) => quote(fixed[name] ?? '')).join(',');
    }),
  );
  return `${[about(offer), header.map(quote).join(','), ...lines].join('\n')}\n`;
}

export interface Served {
  readonly host: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves the two indexes and each offer's files; `files` replaces or adds paths. A file cut 'off' breaks the connection. */
export async function servePrices(
  offers: Readonly<Record<string, Readonly<Record<string, string>>>>,
  files: Readonly<Record<string, string | { readonly status: number } | { readonly cut: string }>> = {},
): Promise<Served> {
  const paths = new Map<string, string | { status: number } | { cut: string }>();
  const path = (offer: string, region: string, kind: string) =>
    `/offers/v1.0/aws/${offer}/20261030182801${region === 'all' ? '' : `/${region}`}/index.${kind}`;
  const index: Record<string, unknown> = {};
  for (const [offer, regions] of Object.entries(offers)) {
    index[offer] = {
      offerCode: offer,
      versionIndexUrl: `/offers/v1.0/aws/${offer}/index.json`,
      currentVersionUrl: path(offer, 'all', 'json'),
      currentRegionIndexUrl: `/offers/v1.0/aws/${offer}/current/region_index.json`,
    };
    const named = Object.keys(regions).map((region) => [
      region,
      { regionCode: region, currentVersionUrl: path(offer, region, 'json') },
    ]);
    paths.set(
      `/offers/v1.0/aws/${offer}/current/region_index.json`,
      JSON.stringify({ formatVersion: 'v1.0', regions: Object.fromEntries(named) }),
    );
    for (const [region, text] of Object.entries(regions)) paths.set(path(offer, region, 'csv'), text);
  }
  paths.set('/offers/v1.0/aws/index.json', JSON.stringify({ formatVersion: 'v1.0', offers: index }));
  for (const [name, answer] of Object.entries(files)) paths.set(name, answer);

  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = paths.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'string') response.end(answer);
    else if ('status' in answer) response.writeHead(answer.status).end('an error page');
    else {
      response.writeHead(200, { 'content-length': answer.cut.length + 1_000 });
      response.write(answer.cut, () => response.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
